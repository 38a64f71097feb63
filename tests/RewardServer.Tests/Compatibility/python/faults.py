"""What the client makes of a server that is busy, broken or gone, through the stub between."""

import os
import socket
import threading
import time

from checks import ACCURACY, URL, Stub, client, item, raises, rewards, run, same
from rewardserver import RewardServer, RewardServerError, RewardServerUnavailable

ITEMS = [item("\\boxed{5/6}"), item("\\boxed{7}")]


def what_is_busy_is_asked_again():
    Stub.plan("429", "502", "503", "504")
    same(rewards(client().grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(Stub.seen()["calls"], 5)


def a_connection_that_breaks_is_made_anew():
    # Before the answer, in the middle of its body, and with no answer that is HTTP.
    Stub.plan("drop", "cut", "drop")
    same(rewards(client().grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(Stub.seen()["calls"], 4)


def tries_come_to_an_end():
    Stub.plan(*["503"] * 10)
    error = raises(RewardServerUnavailable, lambda: client(retries=3).grade(ACCURACY, ITEMS))
    same((error.status, Stub.seen()["calls"]), (503, 4))
    assert "the stub is busy" in str(error), error


def a_wait_is_as_long_as_the_server_asks():
    Stub.plan("429 Retry-After 1")
    start = time.monotonic()
    same(rewards(client(backoff=0).grade(ACCURACY, ITEMS)), [1.0, 0.0])
    assert time.monotonic() - start >= 1, time.monotonic() - start


def waits_double():
    waits = []

    class Clock(threading.Event):
        def wait(self, timeout=None):
            waits.append(timeout)
            return False

    Stub.plan(*["503"] * 8)
    server = client(backoff=1)
    server._closed = Clock()
    same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(len(waits), 8)
    for i, wait in enumerate(waits):
        assert min(30, 2**i) / 2 <= wait <= min(30, 2**i), waits


def a_refusal_is_final():
    for status in ("400", "401", "403", "404", "413", "415", "422", "500"):
        Stub.plan(status)
        before = Stub.seen()["calls"]
        error = raises(RewardServerError, lambda: client().grade(ACCURACY, [item()]))
        assert not isinstance(error, RewardServerUnavailable)
        same((error.status, error.field, Stub.seen()["calls"] - before), (int(status), "items[0].task", 1))
        assert status in str(error) and "items[0].task" in str(error), error


def what_is_no_answer_of_ours_is_told():
    Stub.plan("page", "short")
    for _ in range(2):
        error = raises(RewardServerError, lambda: client().grade(ACCURACY, ITEMS))
        assert "did not answer as a RewardServer does" in str(error), error


def failed_items_are_asked_again_with_their_group():
    Stub.plan("first-failed")
    items = [item(prompt="a"), item("\\boxed{7}", prompt="b"), item("\\boxed{7}", prompt="a"), item(prompt="c")]
    same(rewards(client().grade(ACCURACY, items)), [1.0, 0.0, 0.0, 1.0])
    same(Stub.seen()["items"], [4, 2])


def items_that_fail_to_the_end_have_no_reward():
    Stub.plan(*["first-failed"] * 3)
    graded = client(retries=2).grade(ACCURACY, [item(prompt="a"), item(prompt="b")])
    same([(one["outcome"], one["reward"]) for one in graded], [("failed", None), ("scored", 1.0)])
    same(graded[0]["reason"], "the stub failed it")
    same(Stub.seen()["items"], [2, 1, 1])


def a_call_whose_items_all_failed_is_asked_again():
    Stub.plan("all-failed")
    same(rewards(client().grade(ACCURACY, ITEMS)), [1.0, 0.0])
    Stub.plan(*["all-failed"] * 2)
    same(rewards(client(retries=1).grade(ACCURACY, ITEMS)), [None, None])


def what_failed_before_the_server_went_away_stays_failed():
    Stub.plan("first-failed", "503", "503")
    same(rewards(client(retries=2).grade(ACCURACY, [item(prompt="a"), item(prompt="b")])), [None, 1.0])


def a_server_that_comes_back_is_found_again():
    # The test starts one at this URL when it reads the next line.
    print("asking", flush=True)
    same(rewards(client(backoff=0.1, retries=100).grade(ACCURACY, ITEMS)), [1.0, 0.0])


def a_server_that_is_gone_is_told():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        gone = RewardServer(f"http://127.0.0.1:{unused.getsockname()[1]}", retries=1, backoff=0.01)
        error = raises(RewardServerUnavailable, lambda: gone.grade(ACCURACY, ITEMS))
    assert error.status is None and "cannot be reached" in str(error), error


def a_server_that_never_answers_is_given_up():
    Stub.plan("hang", "hang")
    error = raises(RewardServerUnavailable, lambda: client(timeout=0.3, retries=1).grade(ACCURACY, ITEMS))
    assert "timed out" in str(error), error


def connections_are_used_again():
    server = client()
    for _ in range(20):
        same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(Stub.seen(), {"calls": 20, "connections": 1, "items": [2] * 20})


def a_connection_that_was_closed_while_idle_costs_no_try():
    Stub.plan("closes-later")
    server = client(retries=0)
    same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    time.sleep(0.5)
    same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(Stub.seen()["connections"], 2)


def a_server_that_closes_each_connection_is_served_too():
    Stub.plan(*["closes"] * 3)
    server = client(retries=0)
    for _ in range(3):
        same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(Stub.seen()["connections"], 3)


def threads_share_a_few_connections():
    server = client(connections=3)
    got = []

    def grade(i):
        for _ in range(5):
            got.append(rewards(server.grade(ACCURACY, [item("\\boxed{5/6}" if i % 2 else "\\boxed{7}")])) == [float(i % 2)])

    threads = [threading.Thread(target=grade, args=(i,)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same(got, [True] * 80)
    seen = Stub.seen()
    same(seen["calls"], 80)
    assert seen["connections"] <= 3, seen


def the_parts_of_a_batch_are_under_way_together():
    # Each of four calls waits in the stub until all four are there.
    Stub.plan(*["together 4"] * 4)
    items = [item(prompt=f"{i}") for i in range(40)]
    same(rewards(client(batch=10).grade(ACCURACY, items)), [1.0] * 40)
    same(Stub.seen()["items"], [10] * 4)


def a_forked_process_has_connections_of_its_own():
    server = client()
    same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    child = os.fork()
    if child == 0:
        held = rewards(server.grade(ACCURACY, ITEMS)) == [1.0, 0.0]
        os._exit(0 if held else 1)
    same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])
    same(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
    same(Stub.seen()["connections"], 2)


def closing_ends_a_wait():
    Stub.plan(*["503"] * 10)
    server = client(backoff=100)
    threading.Timer(0.3, server.close).start()
    start = time.monotonic()
    raises(RewardServerUnavailable, lambda: server.grade(ACCURACY, ITEMS))
    assert time.monotonic() - start < 10


def a_prefix_of_the_url_is_kept():
    with RewardServer(URL + "/stub-prefix/") as server:
        same(rewards(server.grade(ACCURACY, ITEMS)), [1.0, 0.0])


if __name__ == "__main__":
    run(globals())
