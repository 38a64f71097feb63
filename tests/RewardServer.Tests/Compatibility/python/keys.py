"""A server that asks for a key."""

import os

from checks import ACCURACY, URL, client, item, raises, rewards, run, same
from rewardserver import RewardServer, RewardServerError

KEY = "a-key-of-enough-characters"


def a_key_opens_the_server():
    same(rewards(client(api_key=KEY).grade(ACCURACY, [item()])), [1.0])
    assert KEY not in repr(client(api_key=KEY))


def a_key_may_come_from_the_environment():
    os.environ["REWARDSERVER_API_KEY"] = KEY
    same(rewards(client().grade(ACCURACY, [item()])), [1.0])
    # Even where the argument is empty, which says that there is none.
    same(raises(RewardServerError, lambda: client(api_key="").grade(ACCURACY, [item()])).status, 401)


def a_key_may_stand_in_the_path():
    same(rewards(RewardServer(f"{URL}/key/{KEY}").grade(ACCURACY, [item()])), [1.0])


def without_a_key_nothing_is_tried_twice():
    for key in (None, "another-key-of-enough-characters"):
        error = raises(RewardServerError, lambda: client(api_key=key, backoff=100).grade(ACCURACY, [item()]))
        same(error.status, 401)
        assert "401" in str(error) and "Bearer" in str(error), error


if __name__ == "__main__":
    run(globals())
