"""T42: after any sequence of changes, what a stranger reads from memory equals a fresh rendering: whole pages, and
those that are made from pieces of earlier ones."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from backsite.pagecache import PageCache
from tests.operations.cached import Clock, Fresh, Rendering, read
from tests.operations.world import World
from tips.freshness import pieces

# What the memory knows of a change does not depend on the database: on PostgreSQL one world stands for all.
WORLDS = 4 if connection.vendor == "sqlite" else 1
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


def lived(world: World, chance: random.Random, on_commit: Callable[..., Any]) -> Iterator[list[str]]:
    """Step after step in some order; the names of those that were taken."""
    done: list[str] = []
    for step in chance.sample(world.steps, len(world.steps)):
        with on_commit(execute=True):
            step()
        done.append(step.__name__)
        world.note_addresses()
        yield done


@pytest.mark.parametrize("seed", range(WORLDS))
def test_memory_and_a_fresh_rendering_never_differ_t42(seed, django_capture_on_commit_callbacks):
    clock, chance = Clock(), random.Random(seed)  # time stands still but for one step: only bumps make anything stale
    site, fresh = Rendering(), Fresh()
    cache = PageCache(site, clock)
    with django_capture_on_commit_callbacks(execute=True):
        world = World(chance, wait=lambda: setattr(clock, "now", clock.now + 660))
    remembered, done = 0, list[str]()
    for done in lived(world, chance, django_capture_on_commit_callbacks):
        for address in world.addresses:
            rendered = site.times
            answer = read(cache, address)
            if site.times == rendered:
                remembered += 1
                assert answer == read(fresh, address), (address, done)
    assert remembered > 10 * len(done)


class Counted(pieces.Pieces):
    """How often one was wanted."""

    asked = 0

    def of(self, *given):
        self.asked += 1
        return super().of(*given)


@pytest.mark.parametrize("seed", range(min(WORLDS, 2)))
def test_pages_made_from_old_pieces_are_fresh_ones_even_if_no_piece_is_ever_forgotten_t42(
    seed, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(pieces.Pieces, "forget_what_went", lambda _: None)
    monkeypatch.setattr(pieces, "pieces", Counted())
    chance, site, fresh = random.Random(seed), Rendering(), Fresh()
    with django_capture_on_commit_callbacks(execute=True):
        world = World(chance, wait=lambda: None)
    for done in lived(world, chance, django_capture_on_commit_callbacks):
        for address in world.addresses:
            assert read(site, address) == read(fresh, address), (address, done)
    assert pieces.pieces.asked > 3 * pieces.pieces.rendered
