"""A seeded monkey edits, undoes and redoes; the rules hold after each step, and all can be undone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from orgmap.errors import EditError
from orgmap.i18n import verbatim
from orgmap.model import edits, remarks, scenery
from orgmap.model.aligning import Side, align, distribute
from orgmap.model.document import Change, Document, difference, problems
from orgmap.model.entities import ChannelId, EndId, Frame, LinkId, LinkKind, MapInfo, ModuleId, NodeId, Status
from orgmap.model.fragments import copies
from orgmap.model.history import MOST, History

STEPS = 400
CROWDED = 20  # people beyond whom a long walk deletes some, or all of it takes minutes
WALK = ((5_000, 0.03, 0.02), (2_300, 0.95, 0.05), (1_200, 0.05, 0.93), (1_500, 0.35, 0.25))
"""Ten thousand steps: beyond the limit of undo, back to where it ends, forth, and mixed (share of each)."""


def _some(rng: random.Random, ids: list[str], most: int = 4) -> list[str]:
    return rng.sample(ids, min(len(ids), rng.randint(0, most)))


def _gesture(rng: random.Random, document: Document) -> Change:
    """Any verb, on anything there is."""
    nodes = [NodeId(n) for n in document.nodes]
    modules = [ModuleId(m) for m in document.modules]
    links = [LinkId(k) for k in document.links]
    ends: list[EndId] = [*nodes, *modules]
    everything: list[str] = [*nodes, *modules, *links]

    def spot() -> tuple[float, float]:
        return rng.uniform(-500, 500), rng.uniform(-500, 500)

    def chosen() -> list[NodeId]:
        return [NodeId(n) for n in _some(rng, list(nodes))]

    def module() -> ModuleId | None:
        return rng.choice([None, *modules])

    verbs: list[Callable[[], Change]] = [
        lambda: edits.add_node(document, f"p{rng.random():.3f}", spot(), module=module())[0],
        lambda: edits.add_node(document, "<b>&", None)[0],
        lambda: edits.add_module(document, "m", chosen(), parent=module())[0],
        lambda: edits.add_module(document, "e", frame=Frame(x=0, y=0, width=9, height=9))[0],
        lambda: edits.join(document, chosen(), module()),
        lambda: edits.move(document, {n: spot() for n in chosen()}),
        lambda: copies(document, _some(rng, everything), (9.0, 9.0))[0],
        lambda: edits.delete(document, _some(rng, everything, 3)),
        lambda: align(document, _some(rng, everything, 5), rng.choice(list(Side))),
        lambda: distribute(document, _some(rng, everything, 6), across=rng.random() < 0.5),
        lambda: scenery.add_sticky(document, spot(), "to do")[0],
        lambda: scenery.add_backdrop(document, "AAAA", Frame(x=0, y=0, width=8, height=8))[0],
        lambda: remarks.dismiss(document, ("bottleneck", tuple(chosen())), "known"),
        lambda: _taken_back(rng, document),
        lambda: edits.set_info(document, MapInfo(title=str(rng.random()))),
        lambda: edits.set_fields(
            document, _some(rng, everything), level=rng.choice([None, 1, 3]), notes=str(rng.random())
        ),
        lambda: edits.delete_channel(document, ChannelId(rng.choice(["mail", "chat", "none"]))),
    ]
    if len(ends) > 1:
        verbs += 3 * [
            lambda: edits.add_link(
                document,
                rng.choice(ends),
                rng.choice(ends),
                two_way=rng.random() < 0.5,
                kind=rng.choice(list(LinkKind)),
            )[0]
        ]
    if nodes:
        verbs += [
            lambda: edits.link_each(document, rng.choices(ends, k=3), rng.choices(ends, k=2))[0],
            lambda: edits.rename(document, rng.choice(ends), "Ana\u202e"),
        ]
    if modules:
        verbs += [
            lambda: edits.nest(document, rng.choice(modules), module()),
            lambda: edits.shift(
                document, {rng.choice([*modules, *nodes]): spot(), rng.choice(modules): spot()}
            ),
            lambda: edits.also_in(document, chosen(), rng.choice(modules)),
            lambda: edits.take_out(document, chosen(), rng.choice(modules)),
            lambda: scenery.resize(
                document, rng.choice(modules), Frame(x=1, y=2, width=rng.uniform(-9, 400), height=90)
            ),
            lambda: edits.set_fields(document, [rng.choice(modules)], lead=rng.choice([None, *nodes])),
        ]
    if links:
        verbs += [
            lambda: edits.turn_round(document, [rng.choice(links)]),
            lambda: edits.reattach(document, rng.choice(links), target=rng.choice(ends)),
            lambda: edits.set_two_way(document, [rng.choice(links)], rng.random() < 0.5),
            lambda: edits.set_fields(
                document,
                [rng.choice(links)],
                status=rng.choice(list(Status)),
                kind=rng.choice(list(LinkKind)),
            ),
        ]
    return rng.choice(verbs)()


def _taken_back(rng: random.Random, document: Document) -> Change:
    if not document.remarks:
        return Change()
    known = rng.choice(list(document.remarks.values()))
    return remarks.take_back(document, (known.code, known.about), known)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_one_does_the_rules_hold_and_it_can_all_be_undone(seed: int) -> None:
    rng = random.Random(seed)
    start = document = Document()
    history = History()
    seen = {0: start}

    for _ in range(STEPS):
        dice = rng.random()
        if dice < 0.15:
            change = history.undo()
        elif dice < 0.25:
            change = history.redo()
        else:
            try:
                change = _gesture(rng, document)
            except EditError:
                continue
            if change:
                history.push(verbatim("step"), change)
                for later in [at for at in seen if at >= len(history.steps[0])]:
                    del seen[later]
        if change is None:
            continue
        before, document = document, document.apply(change)
        depth = len(history.steps[0])
        assert problems(document) == []
        assert document.apply(change.inverse()) == before
        assert difference(before, document) == change
        assert seen.setdefault(depth, document) == document

    while (change := history.undo()) is not None:
        document = document.apply(change)
    assert document == start


def test_ten_thousand_steps_lead_to_the_states_that_were_recorded_and_the_modified_flag_is_right() -> None:
    rng = random.Random(86)
    history, now = History(), Document()
    states, at = [now], 0  # what undo and redo can reach, by reference, and where among them we are
    saved: Document | None = now
    forgotten = wrong = undone = 0

    for steps, back, forth in WALK:
        for number in range(steps):
            dice = rng.random()
            change: Change | None
            if dice < back:
                change, at = history.undo(), max(at - 1, 0)
                undone += 1
            elif dice < back + forth:
                change, at = history.redo(), min(at + 1, len(states) - 1)
            elif change := _some_change(rng, now):
                history.push(verbatim("step"), change)
                del states[at + 1 :]
                states.append(now.apply(change))
                kept = states[-MOST - 1 :]
                forgotten += len(states) - len(kept)
                states, at = kept, len(kept) - 1
            now = now.apply(change) if change else now
            if rng.random() < 0.005:
                history.mark_clean()
                saved = states[at]
            wrong += history.clean != (states[at] is saved)
            if number % 50 == 0:
                assert now == states[at]
                assert problems(now) == []

    assert sum(steps for steps, _, _ in WALK) == 10_000
    assert wrong == 0
    assert forgotten > 1_000
    assert undone > MOST
    assert len(states) > 100
    while (change := history.undo()) is not None:
        now = now.apply(change)
    assert now == states[0]
    while (change := history.redo()) is not None:
        now = now.apply(change)
    assert now == states[-1]


def _some_change(rng: random.Random, document: Document) -> Change:
    """A gesture; people go where they have become many. Empty where it is refused or alters nothing."""
    if len(document.nodes) > CROWDED:
        return edits.delete(document, rng.sample(list(document.nodes), CROWDED // 2))
    try:
        return _gesture(rng, document)
    except EditError:
        return Change()
