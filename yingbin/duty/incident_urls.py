"""Addresses of emergencies, disruptions, drills and the steps of each type; of the page over many places."""

from django.urls import path

from .views import incidents, places, procedures

INCIDENTS = [
    path("places/", places.places, name="places"),
    path("places/all/", places.every, name="every_post"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incident/<uuid:incident>/", incidents.incident, name="incident"),
    path("incident/<uuid:incident>/step/<int:step>/", incidents.step, name="tick_step"),
    path("incident/<uuid:incident>/heard/", incidents.heard, name="heard"),
    path("incident/<uuid:incident>/rise/", incidents.rise, name="rise"),
    path("incident/<uuid:incident>/end/", incidents.end, name="end_incident"),
    path("incident/<uuid:incident>/words/", incidents.words, name="add_words"),
    path("incident/<uuid:incident>/report/", incidents.report, name="write_report"),
    path("incident/<uuid:incident>/paper/", incidents.paper, name="report_paper"),
    path("drill/new/", incidents.drill, name="new_drill"),
    path("procedures/", procedures.every, name="procedures"),
    path("procedures/new/", procedures.new, name="new_procedure"),
    path("procedures/<path:type>/", procedures.one, name="procedure"),
]
