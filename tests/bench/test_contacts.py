"""The simulated month spends the time it is given and no more, and both orders are held to the same people."""

from random import Random

from bench.contacts import best_next, oldest_first, people, worked
from bench.given import ROOT
from throughline.analytics.participation.contacting import load_contacting

RULES = load_contacting(ROOT / "definitions")


def test_nobody_is_found_twice_and_those_out_of_reach_never():
    listed = people(Random(1), 200)
    month = worked(listed, RULES, oldest_first, Random(2), minutes=1_000_000)
    reachable = [person for person in listed if person.ease and person.case.has]
    assert month.found == sum(month.by_why.values()) <= len(reachable)
    assert month.found > len(reachable) * 0.5


def test_time_runs_out():
    listed = people(Random(1), 200)
    month = worked(listed, RULES, best_next, Random(2), minutes=60)
    quickest = min(channel.minutes for channel in RULES.channels.values())
    assert 0 < month.tries <= 60 / quickest + 1


def test_with_no_luck_in_it_the_best_order_gains_no_less():
    gains = []
    for seed in range(5):
        listed = people(Random(seed), 400)
        gains.append([worked(listed, RULES, order, Random(seed + 100), minutes=900).bits for order in (best_next, oldest_first)])
    assert sum(best for best, _ in gains) > sum(oldest for _, oldest in gains)
