"""Who may do what to a matter, and what each step needs: the step as it may be taken, or a refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..decision import Refused
from .folding import pause_from, settled
from .kinds import Kind, Verb
from .marks import BY_CLOCK
from .state import Around, State, Step, is_group, kind_of

# Follows from another act, whoever did that; nobody takes it as a step of its own.
BY_WHAT_HAPPENED = frozenset({"lapse", "hand_over"})
_AFTER_THE_END = frozenset({"reopen", "note"})
_OF_ONESELF = frozenset({"accept", "decline", "take", "acknowledge"})


def decide(state: State, step: Step, around: Around) -> Step:
    """The step as it may be taken, with its facts, or `Refused`. SD-4.4: the hand-off after the free ones goes to
    a supervisor."""
    kind = kind_of(state.kind, around)
    if step.verb not in {*_MAY, *kind.verbs} or (step.verb in BY_CLOCK and step.by):
        raise Refused(None, f"没有「{step.verb}」这个动作。")
    if state.ended and step.verb not in _AFTER_THE_END:
        raise Refused(kind.clause, "这件事已经办结。还要处理的话，请先重新打开。")
    if step.verb in kind.refuses:
        raise Refused(kind.clause, kind.refuses[step.verb])
    if step.verb not in BY_CLOCK | BY_WHAT_HAPPENED:
        _check_person(state, step, around)
    _check_photos(kind, step)
    step = _MAY.get(step.verb, _plain)(state, step, around)
    if step.verb in kind.verbs:
        step = _work(state, step, around)
    return settled(state, state.kind, step, around)


def opened(kind: str, step: Step, around: Around) -> Step:
    """The first step: whoever it is `to` is the first responsible (SF-4.3.6). Raises `Refused`."""
    rule = kind_of(kind, around)
    if not step.to:
        raise Refused(rule.clause, "每件事都要有一位负责人，请选一位同事。")
    if step.grade and step.grade not in rule.grades:
        raise Refused(rule.clause, "没有这个级别，请重新选。")
    purpose = next(iter(rule.photos), "") if step.photos else ""
    begun = replace(
        step, verb="open", kind=kind, grade=step.grade or rule.grades[0], purpose=purpose
    )
    return settled(None, kind, begun, around)


def _check_photos(kind: Kind, step: Step) -> None:
    """Photos of a kind that tells them apart say what they show."""
    if step.photos and kind.photos and step.purpose not in kind.photos:
        words = "、".join(kind.photos.values())
        raise Refused(kind.clause, f"请选照片拍的是什么：{words}。", about="purpose")
    if step.purpose and not kind.photos:
        raise Refused(kind.clause, "这一类事项的照片不分前后，请直接加上。", about="purpose")
    verb = kind.verbs.get(step.verb)
    if verb and verb.photos > (step.photos if step.purpose == verb.photo else 0):
        words = f"{verb.photos} 张{kind.photos.get(verb.photo, '')}照片"
        raise Refused(kind.clause, f"“{verb.title}”要附 {words}，请拍好再提交。", about="photos")


def next_verb(state: State, who: str, around: Around | None = None) -> str:
    """The one thing this person should do next, "" where it isn't theirs to act."""
    around = around or Around()
    if state.ended:
        return ""
    if state.offered_to and _is(state.offered_to, who, around):
        return "accept"
    if _of_a_group(state, around):
        return "take"
    return _coming(state, who, around)


def _coming(state: State, who: str, around: Around) -> str:
    """What comes next of a matter that is in somebody's hands."""
    kind, mine = kind_of(state.kind, around), who in (state.owner, state.holder)
    if state.stage in kind.next:
        coming = kind.next[state.stage]
        working = [v for v in coming if "holder" in kind.verbs[v].by]
        if working and state.holder != state.owner:
            return working[0] if _is(state.holder, who, around) else ""
        return next((v for v in coming if has_part(state, kind.verbs[v], who, around)), "")
    if kind.ends_by == "tell":
        if state.answered and who in (state.owner, state.opened_by):
            return "tell"
        return "answer" if mine and not state.answered else ""
    return kind.ends_by if mine or (kind.pool and around.pool) else ""


def has_part(state: State, verb: Verb, who: str, around: Around) -> bool:
    """Whether a verb of the wing's own is this person's to take, by their part in the matter."""
    parts = {"owner": state.owner, "holder": state.holder, "asker": state.opened_by}
    return any(_is(parts.get(part, ""), who, around) for part in verb.by)


def _is(party: str, who: str, around: Around) -> bool:
    """Whether a party is this person, or one they belong to."""
    return bool(party) and (party == who or party in around.parties)


def _of_a_group(state: State, around: Around) -> bool:
    """Owned or held by a department, a role or a post they belong to: theirs to take."""
    return any(is_group(p) and p in around.parties for p in (state.owner, state.holder))


def _check_person(state: State, step: Step, around: Around) -> None:
    """Who may take this step; a supervisor can't accept, decline or acknowledge for others."""
    kind = kind_of(state.kind, around)
    if step.by and (_holds_a_part(state, step, around) or _from_the_pool(state, step, around)):
        return
    if around.supervisor and step.verb not in _OF_ONESELF and _by_supervisors(state, step, around):
        return
    if step.verb in ("accept", "decline", "take"):
        raise Refused("SD-4.4", "这件事没有转给您，或者已经收回了。请回到事项列表看最新情况。")
    if step.verb == "cancel":
        raise Refused(kind.clause, "只有提出的人或主管可以取消，请找他们。")
    raise Refused(kind.clause, "这件事现在由别人负责，请找负责人或主管处理。")


def _by_supervisors(state: State, step: Step, around: Around) -> bool:
    verb = kind_of(state.kind, around).verbs.get(step.verb)
    return verb is None or "supervisor" in verb.by


def _holds_a_part(state: State, step: Step, around: Around) -> bool:
    parts = {
        "owner": state.owner,
        "holder": state.holder,
        "asker": state.opened_by,
        "offered": state.offered_to,
    }
    verb = kind_of(state.kind, around).verbs.get(step.verb)
    named = verb.by if verb else _BY.get(step.verb, ("owner", "holder"))
    if step.verb == "assign" and state.holder in around.heads:
        return True
    if step.verb == "take":
        return _of_a_group(state, around)
    return any(_is(parts.get(part, ""), step.by, around) for part in named)


_BY: dict[str, tuple[str, ...]] = {
    "accept": ("offered",),
    "decline": ("offered",),
    "acknowledge": ("owner",),
    "assign": (),
    "assign_owner": ("owner",),
    "change": ("owner",),
    "tell": ("owner", "asker"),
    "reopen": ("owner", "asker"),
    "cancel": ("asker",),
    "note": ("owner", "holder", "asker", "offered"),
}


def _from_the_pool(state: State, step: Step, around: Around) -> bool:
    """In a pool anyone may say that it is done, or take over what isn't offered to someone else."""
    if not (kind_of(state.kind, around).pool and around.pool):
        return False
    return step.verb == "done" or (
        step.verb == "accept" and not state.offered_to and step.by != state.owner
    )


def _plain(state: State, step: Step, around: Around) -> Step:
    return step


def _work(state: State, step: Step, around: Around) -> Step:
    """A verb of the wing's own."""
    kind = kind_of(state.kind, around)
    verb = kind.verbs[step.verb]
    if verb.when and state.stage not in verb.when:
        raise Refused(kind.clause, f"现在还不到“{verb.title}”这一步，请先办前面的。")
    if verb.note and not step.note.strip():
        raise Refused(kind.clause, verb.note, about="note")
    if verb.agrees and (step.due_at is None or step.due_at <= step.at):
        raise Refused(kind.clause, "约定的时间要比现在晚，请重新选。", about="due_at")
    return step


def _offer(state: State, step: Step, around: Around) -> Step:
    kind = kind_of(state.kind, around)
    if not step.to:
        raise Refused("SD-4.4", "请选一位具体的同事来接手，不能只交给“大家”。")
    if state.answered:
        raise Refused("SF-4.3.3", "答复已经有了，请告诉客户，不用再转。")
    chiefs = set(around.supervisors)
    if state.hand_offs >= kind.free_hand_offs and not {step.to, state.owner, step.by} & chiefs:
        if not around.supervisors:
            raise Refused("SD-4.4", "这件事已经转过两次手，第三次只能交给主管；本处还没有设主管。")
        step = replace(step, to=around.supervisors[0])
    if step.to == state.holder:
        raise Refused("SD-4.4", "这位同事已经是负责人，请另选一位。")
    if step.to == state.offered_to:
        raise Refused("SD-4.4", "已经转给这位同事，正在等对方接手。")
    return step


def _withdraw(state: State, step: Step, around: Around) -> Step:
    if not state.offered_to:
        raise Refused("SD-4.4", "现在没有等人接手的转交，不用收回。")
    return step


def _decline(state: State, step: Step, around: Around) -> Step:
    if not step.note.strip():
        raise Refused("SD-4.4", "不接也可以，请写一句原因，好让对方另找人。")
    return step


def _assign(state: State, step: Step, around: Around) -> Step:
    """By a supervisor to anyone; by the head of the holder's department to one of its people."""
    if not step.to or is_group(step.to):
        raise Refused("SD-4.4", "请选一位具体的同事。")
    if step.to == (state.owner if step.verb == "assign_owner" else state.holder):
        raise Refused("SD-4.4", "这件事已经在这位同事手上，请另选一位。")
    if step.verb == "assign" and not around.supervisor and step.to not in around.members:
        raise Refused("SD-4.4", "只能交给本部门的同事；要交给别的部门，请转交或找主管。")
    if not step.note.strip():
        raise Refused("SD-4.4", "改派要写一句原因，接手的人才知道为什么。")
    return step


def _hand_over(state: State, step: Step, around: Around) -> Step:
    """Follows from a handover that both sides signed; the owner is whoever received it."""
    if not step.to or is_group(step.to):
        raise Refused("SF-4.3.6", "交接要交给一位具体的同事。")
    return step


def _answer(state: State, step: Step, around: Around) -> Step:
    kind = kind_of(state.kind, around)
    if kind.ends_by != "tell":
        raise Refused(kind.clause, "这一类事项不用答复，办好后点“办好了”。")
    if not step.note.strip():
        raise Refused("SF-4.3.3", "请写下答复内容，客户要得到的就是它。")
    return step


def _tell(state: State, step: Step, around: Around) -> Step:
    kind = kind_of(state.kind, around)
    if kind.ends_by != "tell":
        raise Refused(kind.clause, "这一类事项不用答复客户。")
    if not state.answered:
        raise Refused("SF-4.3.3", "还没有答复内容，请先写下答复，再告诉客户。")
    return step


def _done(state: State, step: Step, around: Around) -> Step:
    kind = kind_of(state.kind, around)
    if kind.ends_by == "tell":
        raise Refused("SF-4.3.3", "客户还没有得到答复，这件事不能办结。请先答复并告诉客户。")
    if kind.ends_by == "acknowledge":
        raise Refused(kind.clause, "这条提醒由收到的人点“知道了”才算完。")
    return step


def _acknowledge(state: State, step: Step, around: Around) -> Step:
    kind = kind_of(state.kind, around)
    if kind.ends_by != "acknowledge":
        raise Refused(kind.clause, "这件事要办，不只是知道。办好后再办结。")
    return step


def _postpone(state: State, step: Step, around: Around) -> Step:
    if step.due_at is None or step.due_at <= step.at:
        raise Refused(None, "新的时限要比现在晚，请重新选时间。")
    if not step.note.strip():
        raise Refused(None, "改时限要写一句原因。")
    return step


def _pause(state: State, step: Step, around: Around) -> Step:
    """SD-4.3: it waits for a listed reason, and not longer than its kind allows in all."""
    kind = kind_of(state.kind, around)
    if step.reason not in kind.pauses:
        words = "、".join(kind.pauses.values())
        raise Refused(
            kind.clause, f"只能为这些原因暂停：{words}。" if words else "这一类事项不能暂停。"
        )
    if state.pause:
        raise Refused(kind.clause, "这件事已经暂停了。")
    if state.offered_to:
        raise Refused(kind.clause, "正等人接手，请先等对方接手或收回转交，再暂停。")
    if any(state.clock(name) for name in kind.no_pause_while):
        raise Refused(kind.clause, "还没有第一次响应，不能暂停。请先响应。")
    if state.spent >= kind.pause_cap:
        raise Refused(kind.clause, "可以暂停的时间已经用完，请继续办。")
    return replace(step, pause=pause_from(state, step, around))


def _resume(state: State, step: Step, around: Around) -> Step:
    if state.pause is None:
        raise Refused(kind_of(state.kind, around).clause, "这件事没有暂停，照常办就好。")
    return step


def _change(state: State, step: Step, around: Around) -> Step:
    """Another kind or grade: what runs gives way to the new row's clocks."""
    kind = kind_of(step.kind or state.kind, around)
    other = kind.id != state.kind
    grade = step.grade or (kind.grades[0] if other else state.grade)
    if grade not in kind.grades:
        raise Refused(kind.clause, "没有这个级别，请重新选。")
    if not other and grade == state.grade:
        raise Refused(kind.clause, "类别和级别都没有变，请重新选。")
    if state.answered:
        raise Refused(kind.clause, "答复已经有了，不能再改类别或级别。")
    if not step.note.strip():
        raise Refused(kind.clause, "改类别或级别要写一句原因。")
    return replace(step, kind=kind.id, grade=grade)


def _reopen(state: State, step: Step, around: Around) -> Step:
    kind = kind_of(state.kind, around)
    if not state.ended:
        raise Refused(kind.clause, "这件事还没有办结，直接处理就好。")
    if not step.note.strip():
        raise Refused(kind.clause, "请写一句为什么要重新打开。")
    return step


def _note(state: State, step: Step, around: Around) -> Step:
    if not step.note.strip() and not step.photos:
        words = "请写一句备注，或者加一张照片。"
        raise Refused(kind_of(state.kind, around).clause, words, about="note")
    return step


def _cancel(state: State, step: Step, around: Around) -> Step:
    if not step.note.strip():
        raise Refused(kind_of(state.kind, around).clause, "取消要写一句原因。")
    return step


_MAY: dict[str, Callable[[State, Step, Around], Step]] = {
    "offer": _offer,
    "accept": _plain,
    "decline": _decline,
    "withdraw": _withdraw,
    "take": _plain,
    "assign": _assign,
    "assign_owner": _assign,
    "answer": _answer,
    "tell": _tell,
    "done": _done,
    "acknowledge": _acknowledge,
    "postpone": _postpone,
    "pause": _pause,
    "resume": _resume,
    "change": _change,
    "reopen": _reopen,
    "cancel": _cancel,
    "note": _note,
    "remind": _plain,
    "late": _plain,
    "escalate": _plain,
    "pause_over": _plain,
    "chase": _plain,
    "lapse": _plain,
    "hand_over": _hand_over,
}
VERBS = frozenset(_MAY)
