"""What the checks of the Python client share: python3 FILE URL CHECK runs one of a file's functions against a server."""

import json
import sys
import urllib.request

from rewardserver import RewardServer

URL = sys.argv[1]

RIGHT = {"kind": "math", "answer": "5/6"}
ACCURACY = {"components": [{"grader": "accuracy"}]}


def client(**options):
    return RewardServer(URL, **{"backoff": 0.01, "timeout": 60, **options})


def item(completion="\\boxed{5/6}", task=RIGHT, prompt="What is 1/2 + 1/3?", **more):
    return {"prompt": prompt, "completion": completion, "task": task, **more}


def rewards(graded):
    return [item["reward"] for item in graded]


def raises(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was to be raised")


def same(got, expected):
    assert got == expected, f"got {got!r}, not {expected!r}"


class Stub:
    """The server that stands between these checks and the real one, and misbehaves as it is told (FaultyProxy.cs)."""

    @staticmethod
    def plan(*faults):
        """What it does with the next calls, one after another; those after them go through."""
        headers = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(URL + "/stub/plan", json.dumps(faults).encode(), headers)).close()

    @staticmethod
    def seen():
        """What came since it was started: calls, the connections that they came by, and how many items each had."""
        with urllib.request.urlopen(URL + "/stub/seen") as answer:
            return json.load(answer)


def run(module):
    module[sys.argv[2]]()
    print("held")
