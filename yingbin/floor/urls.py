"""Addresses of the gallery."""

from django.urls import path

from .views import arrival, board, decisions, mine, supervision, waiting

app_name = "floor"
urlpatterns = [
    path("arrival/", arrival.arrival, name="arrival"),
    path("arrival/find/", arrival.find, name="find"),
    path("visit/<uuid:visit_id>/", arrival.visit, name="visit"),
    path("visit/<uuid:visit_id>/undo/", arrival.undo, name="undo"),
    path("visit/<uuid:visit_id>/identify/", arrival.identify, name="identify"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("visit/<uuid:visit_id>/anyone/", waiting.anyone, name="anyone"),
    path("visit/<uuid:visit_id>/leave/", waiting.leave, name="leave"),
    path("visit/<uuid:visit_id>/service/", waiting.service, name="service"),
    path("visit/<uuid:visit_id>/question/", waiting.question, name="question"),
    path("board/", board.board, name="board"),
    path("mine/", mine.mine, name="mine"),
    path("mine/sign-in/", mine.sign_in, name="sign_in"),
    path("mine/sign-out/", mine.sign_out, name="sign_out"),
    path("mine/away/", mine.away, name="away"),
    path("mine/back/", mine.back, name="back"),
    path("mine/ask-leave/", mine.ask_leave, name="ask_leave"),
    path("mine/withdraw-leave/", mine.withdraw_leave, name="withdraw_leave"),
    path("visit/<uuid:visit_id>/accept/", mine.accept, name="accept"),
    path("visit/<uuid:visit_id>/finish/", mine.finish, name="finish"),
    path("visit/<uuid:visit_id>/claim/", mine.claim, name="claim"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/open/", supervision.open_day, name="open"),
    path("supervision/close/", supervision.close_day, name="close"),
    path("supervision/leave/<uuid:request_id>/", supervision.decide_leave, name="decide_leave"),
    path("supervision/claim/<uuid:claim_id>/", supervision.decide_claim, name="decide_claim"),
    path("supervision/override/<uuid:visit_id>/", supervision.override, name="override"),
    path("supervision/adjust/", supervision.adjust, name="adjust"),
    path("supervision/person/<uuid:who>/<slug:verb>/", supervision.person, name="person"),
    path("supervision/policy/", supervision.policy, name="policy"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/root/<str:day>/", decisions.root, name="root"),
    path("decisions/receipt/", decisions.receipt, name="receipt"),
]
