"""T42: after any sequence of changes, what a stranger reads from memory equals a fresh rendering."""

import random

import pytest
from django.db import connection

from backsite.pagecache import PageCache
from tests.operations.cached import Clock, Rendering, read
from tests.operations.world import World

# What the memory knows of a change does not depend on the database: on PostgreSQL one world stands for all.
WORLDS = 4 if connection.vendor == "sqlite" else 1
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


@pytest.mark.parametrize("seed", range(WORLDS))
def test_memory_and_a_fresh_rendering_never_differ_t42(seed, django_capture_on_commit_callbacks):
    clock, chance = Clock(), random.Random(seed)  # time stands still but for one step: only bumps make anything stale
    site = Rendering()
    cache = PageCache(site, clock)
    with django_capture_on_commit_callbacks(execute=True):
        world = World(chance, wait=lambda: setattr(clock, "now", clock.now + 660))
    remembered, done = 0, []
    for step in chance.sample(world.steps, len(world.steps)):
        with django_capture_on_commit_callbacks(execute=True):
            step()
        done.append(step.__name__)
        world.note_addresses()
        for address in world.addresses:
            rendered = site.times
            answer = read(cache, address)
            if site.times == rendered:
                remembered += 1
                assert answer == read(site, address), (address, done)
    assert remembered > 10 * len(done)
