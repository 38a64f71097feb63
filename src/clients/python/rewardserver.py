"""Rewards from a RewardServer, for trainers whose reward is a Python function. One file, the standard library alone, Python 3.9 or later.

TRL (``GRPOTrainer``, ``RLOOTrainer``), a whole script::

    from datasets import load_dataset
    from trl import GRPOConfig, GRPOTrainer
    from rewardserver import RewardServer

    server = RewardServer("http://127.0.0.1:8080")         # api_key=… or REWARDSERVER_API_KEY where the server asks for one
    dataset = load_dataset("openai/gsm8k", "main", split="train")
    dataset = dataset.map(lambda row: {"prompt": row["question"], "answer": row["answer"].split("####")[-1].strip()})

    trainer = GRPOTrainer(
        model="Qwen/Qwen2.5-0.5B-Instruct",
        reward_funcs=server.trl_reward("r1-zero", answer_column="answer"),
        args=GRPOConfig(output_dir="out"),
        train_dataset=dataset,
    )
    trainer.train()

An item that the server skipped or failed has the reward ``None``, which TRL leaves out of the step. It is never 0.

verl, without any code: ``reward_kwargs`` reach :func:`compute_score` of this file::

    python3 -m verl.trainer.main_ppo … \\
        custom_reward_function.path=/path/to/rewardserver.py \\
        custom_reward_function.name=compute_score \\
        +custom_reward_function.reward_kwargs.url=http://127.0.0.1:8080 \\
        +custom_reward_function.reward_kwargs.rubric=r1-zero

or with a file of one's own, ``my_reward.py``, that ``custom_reward_function.path`` names::

    from rewardserver import RewardServer

    compute_score = RewardServer("http://127.0.0.1:8080").verl_compute_score("r1-zero", asynchronous=True)

verl cannot leave a sample out. So an item without a reward raises :class:`RewardServerError` there, unless ``failed=`` or
``skipped=`` name the number that is to stand for it.

Anything else::

    with RewardServer("http://127.0.0.1:8080") as server:
        items = [{"prompt": "1+1?", "completion": "#### 2", "task": {"kind": "math", "answer": "2"}}]
        rewards = [item["reward"] for item in server.grade("r1-zero", items)]

A *label* is what a data set has for the right answer: the plain gold (``"5/6"``, ``42``), several golds of which any will do
(``["1/2", "0.5"]``), a task of the server's as a dict or as a text of JSON (``{"kind": "code", …}``), tests in the form of verl's
sets, APPS and TACO (``{"inputs": […], "outputs": […], "fn_name"?}``), or ``"task:ID"``, a task that was uploaded before.
"""

from __future__ import annotations

import asyncio
import base64
import concurrent.futures
import email.utils
import functools
import http.client
import json
import logging
import math
import os
import random
import re
import ssl
import threading
import time
import urllib.parse
from typing import Any, Awaitable, Callable, Collection, Iterable, Mapping, Optional, Sequence, TypedDict, TypeVar, Union

__all__ = [
    "GradedComponent",
    "GradedItem",
    "RewardServer",
    "RewardServerError",
    "RewardServerUnavailable",
    "compute_score",
    "compute_score_sync",
    "compute_scores",
    "task_of",
]

Rubric = Union[str, Mapping[str, Any]]
"""A rubric: the name of one that the server has ("r1", "r1@1"), or a whole one."""

T = TypeVar("T")

_log = logging.getLogger("rewardserver")

_WORTH_A_RETRY = frozenset({429, 502, 503, 504})
_LONGEST_WAIT = 30.0
_LONGEST_RETRY_AFTER = 300.0
_ITEM_AT = re.compile(r"\b(items|tasks)\[(\d+)\]")
_FIELD_AT_START = re.compile(r"([A-Za-z]\w*(?:\[\d+\])?(?:\.[\w\[\]]+)*): ")
_PLAIN_KINDS = ("math", "text", "number", "choice")


class GradedComponent(TypedDict):
    """What one component of a rubric found (docs/verdicts.md)."""

    name: str
    weight: float
    score: Optional[float]
    contribution: Optional[float]
    outcome: str
    reason: str
    signals: list[str]
    details: Any


class _GradedItem(TypedDict):
    id: str
    outcome: str
    reward: Optional[float]
    reason: Optional[str]
    components: list[GradedComponent]


class GradedItem(_GradedItem, total=False):
    """What an item earned. ``outcome`` is "scored", or "skipped" or "failed", and then ``reward`` is None and ``reason`` says why."""

    group: str
    transforms: dict[str, Optional[float]]
    meta: Any


class RewardServerError(Exception):
    """What was asked cannot be done, and asking again would not help.

    ``status`` is the answer's HTTP status, None where nothing was sent. ``field`` is the member of the request, the column or the
    argument at fault, None where there is none. ``errors`` has all of them, where the server named several.
    """

    def __init__(
        self, message: str, *, status: Optional[int] = None, field: Optional[str] = None, errors: Optional[Mapping[str, Sequence[str]]] = None
    ) -> None:
        told = message if status is None else f"{message} (status {status})"
        super().__init__(told if field is None or field in message else f"{field}: {told}")
        self.status = status
        self.field = field
        self.errors = {name: list(messages) for name, messages in (errors or {}).items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return _error_of, (type(self), self.args, self.__dict__)


class RewardServerUnavailable(RewardServerError):
    """The server could not be reached, or was busy, to the end of all tries."""


def _error_of(kind: type[RewardServerError], arguments: tuple[Any, ...], state: dict[str, Any]) -> RewardServerError:
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(state)
    return error


class RewardServer:
    """A server at a URL. One for a program: it may be used by many threads at once, keeps its connections, and may be pickled.
    It goes straight to the server, through no proxy that the environment names.

    :param url: "http://host:8080", with what stands before the server's paths where a proxy adds something.
    :param api_key: one of the server's keys; where None, the environment's REWARDSERVER_API_KEY.
    :param timeout: how many seconds an answer may take; a batch is answered when all of it is graded.
    :param retries: how often a call is repeated that met a busy or absent server, or whose items failed. By default that is
        a minute and a half of waiting. The waits double from ``backoff`` to 30 s, and are as long as the server asks for.
    :param connections: how many calls are under way at once, at most.
    :param batch: how many items stand in one call, about: completions of one prompt are not parted for it.
    :param max_items: the server's Server:MaxItems; no call has more items. A server that takes less is sent smaller calls.
    :param max_bytes: no call has a larger body, unless a single item is larger; somewhat less than the server's Server:MaxRequestMb.
    :param backoff: the first wait, in seconds.
    """

    def __init__(
        self,
        url: str,
        api_key: Optional[str] = None,
        *,
        timeout: float = 600.0,
        retries: int = 8,
        connections: int = 32,
        batch: int = 256,
        max_items: int = 10_000,
        max_bytes: int = 28 << 20,
        backoff: float = 0.5,
    ) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
            raise ValueError(f"url: must be http://HOST:PORT or https://HOST:PORT, without query, fragment or user, but is {url!r}")
        for name, value, least in (("connections", connections, 1), ("batch", batch, 1), ("max_items", max_items, 1), ("retries", retries, 0)):
            if value < least:
                raise ValueError(f"{name}: must be at least {least}, but is {value}")
        if not timeout > 0 or not backoff >= 0 or max_bytes < 1:
            raise ValueError("timeout, backoff, max_bytes: must be above 0, not negative, above 0")
        self.url = url
        self._key = api_key if api_key is not None else os.environ.get("REWARDSERVER_API_KEY") or None
        if self._key is not None and not (self._key.isascii() and self._key.isprintable()):
            raise ValueError("api_key: must be printable ASCII")
        self.timeout, self.retries, self.connections, self.backoff = timeout, retries, connections, backoff
        self.batch, self.max_items, self.max_bytes = batch, max_items, max_bytes
        self._begin()

    def _begin(self) -> None:
        parts = urllib.parse.urlsplit(self.url)
        self._https = parts.scheme == "https"
        self._address = (parts.hostname or "", parts.port or (443 if self._https else 80))
        self._path = parts.path.rstrip("/")
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self.connections)
        self._idle: list[http.client.HTTPConnection] = []
        self._closed = threading.Event()
        self._threads: Optional[concurrent.futures.ThreadPoolExecutor] = None
        self._tasks: dict[str, dict[str, Any]] = {}
        self._names: dict[str, list[str]] = {}

    # What a process that is sent one needs: the settings. Connections, threads and caches are of a process.
    def __getstate__(self) -> dict[str, Any]:
        kept = ("url", "_key", "timeout", "retries", "connections", "backoff", "batch", "max_items", "max_bytes")
        return {name: self.__dict__[name] for name in kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._begin()

    def __repr__(self) -> str:
        return f"RewardServer({self.url!r})"

    def __enter__(self) -> RewardServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes its connections, and ends the waits of calls under way."""
        self._closed.set()
        with self._lock:
            idle, self._idle = self._idle, []
            threads, self._threads = self._threads, None
        for connection in idle:
            connection.close()
        if threads is not None:
            threads.shutdown(wait=False)

    # ------------------------------------------------------------------ what the server does

    def grade(self, rubric: Rubric, items: Iterable[Mapping[str, Any]], *, deduplicate: bool = True) -> list[GradedItem]:
        """Grades items as ``POST /v1/grade`` takes them ("id" may be left out), however many, and answers in their order.

        Those that fail by a fault of the server are asked again, with all of their group, up to ``retries`` times; then they stay "failed".

        :raises RewardServerError: the request is refused (400, 401, 413, 422 …): ``field`` names the member, items by their place in ``items``.
        :raises RewardServerUnavailable: the server could not be reached, or was busy, to the end of all tries.
        """
        taken = list(items)
        return self._grade(rubric, taken, range(len(taken)), deduplicate)

    async def grade_async(self, rubric: Rubric, items: Iterable[Mapping[str, Any]], *, deduplicate: bool = True) -> list[GradedItem]:
        """:meth:`grade` for a program of asyncio: other coroutines run meanwhile."""
        taken = list(items)
        return await self._apart(lambda: self._grade(rubric, taken, range(len(taken)), deduplicate))

    def execute(
        self,
        language: str,
        code: str,
        stdin: Union[str, bytes, None] = None,
        *,
        stdins: Optional[Sequence[Union[str, bytes]]] = None,
        files: Optional[Mapping[str, Union[str, bytes]]] = None,
        output_files: Sequence[str] = (),
        limits: Optional[Mapping[str, Any]] = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Runs a program, on one input or on each of several, and gives the answer of ``POST /v1/execute`` (docs/execute.md)."""
        request: dict[str, Any] = {"language": language, "code": code, **more}
        if stdin is not None:
            request["stdin"] = _text_or_bytes(stdin)
        if stdins is not None:
            request["stdins"] = [_text_or_bytes(text) for text in stdins]
        if files:
            request["files"] = {path: _base64(content) for path, content in files.items()}
        if output_files:
            request["outputFiles"] = list(output_files)
        if limits:
            request["limits"] = dict(limits)
        return self._call("POST", "/v1/execute", _json(request, "execute"), _Patience(self))

    def put_tasks(self, tasks: Iterable[Mapping[str, Any]], set: str = "") -> int:  # noqa: A002 (the field's name)
        """Keeps tasks on the server, in place of those of the same names, for labels to name as ``task:ID`` or ``task:SET/ID``.

        :param tasks: each ``{"id", "task"}``, with "set" and "prompt" where wanted. All or none of a call's are kept, and more than ``batch``
            of them go in several calls.
        :param set: the set of those that name none.
        :returns: how many were kept.
        """
        uploads = [{"set": set, **task} if set else dict(task) for task in tasks]
        bodies = [_json(upload, f"tasks[{i}]") for i, upload in enumerate(uploads)]
        kept = 0
        for places in self._chunks(bodies, [[i] for i in range(len(bodies))]):
            body = b'{"tasks":[' + b",".join(bodies[i] for i in places) + b"]}"
            kept += self._call("PUT", "/v1/tasks", body, _Patience(self), places)["kept"]
        with self._lock:
            self._tasks.clear()
        return kept

    def get_task(self, name: str) -> dict[str, Any]:
        """An uploaded task, by its ID or SET/ID. Each is asked for once; :meth:`put_tasks` of this client forgets them.

        :raises RewardServerError: status 404: there is no such task.
        """
        with self._lock:
            known = self._tasks.get(name)
        if known is None:
            known = self._call("GET", "/v1/tasks/" + urllib.parse.quote(name, safe="/"), None, _Patience(self))["task"]
            with self._lock:
                if len(self._tasks) >= 100_000:
                    self._tasks.clear()
                self._tasks[name] = known
        return known

    def task_of(self, label: Any, kind: str = "math") -> dict[str, Any]:
        """The task that a label stands for (the module's documentation has the forms). :raises ValueError: it is none of them."""
        label = _plain(label)
        if isinstance(label, str) and label.startswith("task:"):
            return self.get_task(label[len("task:"):])
        return task_of(label, kind)

    # ------------------------------------------------------------------ what trainers call

    def trl_reward(
        self,
        rubric: Rubric,
        answer_column: Optional[str] = "answer",
        task_column: Optional[str] = None,
        kind: str = "math",
        *,
        name: Optional[str] = None,
        weight: float = 1.0,
        asynchronous: bool = False,
        eos_token_ids: Optional[Collection[int]] = None,
        thinking: Optional[tuple[str, str]] = ("<think>\n", "\n</think>\n\n"),
        unreachable: str = "raise",
    ) -> Callable[..., Any]:
        """A function for TRL's ``reward_funcs``: of a batch's prompts and completions, their rewards; None for what has none.

        :param rubric: by what is graded.
        :param answer_column: the data set's column with the labels; None where the rubric needs none. A row whose label is None is not
            graded by this function, which is how one run trains on several kinds of task.
        :param task_column: a column with tasks, which goes before ``answer_column`` where a row has one.
        :param kind: what a plain gold is: "math", "text", "number" or "choice".
        :param name: what TRL calls it in its logs; the rubric's name where silent.
        :param weight: what each reward is multiplied by.
        :param asynchronous: gives an ``async def``, which TRL awaits beside its other ones.
        :param eos_token_ids: with them, a completion whose last token is none of these is told to the server as cut off.
        :param thinking: what stood around the thinking that TRL took out of a message (``reasoning_content``), to be put back; None leaves it out.
        :param unreachable: where the server cannot be reached to the end of all tries, "raise" ends the training, and "none" gives None for the whole batch.
        """
        reward = _TrlReward(self, rubric, answer_column, task_column, kind, name, weight, eos_token_ids, thinking, unreachable)
        if not asynchronous:
            return reward

        async def asynchronous_reward(prompts: Sequence[Any], completions: Sequence[Any], **columns: Any) -> list[Optional[float]]:
            rows = len(completions)
            graded = await self._apart(lambda: reward.grade(prompts, completions, columns))
            return reward.report(rows, graded, columns)

        asynchronous_reward.__name__ = asynchronous_reward.__qualname__ = reward.__name__
        return asynchronous_reward

    def verl_compute_score(
        self,
        rubric: Rubric,
        *,
        kind: str = "math",
        asynchronous: bool = False,
        details: bool = True,
        failed: Optional[float] = None,
        skipped: Optional[float] = None,
        prompt_keys: Sequence[str] = ("prompt", "question", "problem"),
    ) -> Callable[..., Any]:
        """A function for verl's ``custom_reward_function``: of one solution, its score.

        :param rubric: by what is graded.
        :param kind: what a plain ground truth is: "math", "text", "number" or "choice".
        :param asynchronous: gives an ``async def``, for the managers of verl's reward loop; else a plain function, for all.
        :param details: gives a dict: "score", "acc" (the component accuracy's score, or else the reward), "component_NAME" of each component
            of the rubric; the same members for every sample. Else a number.
        :param failed: what stands for a sample that the server failed, or that it could not be asked for, to the end of all tries. None raises
            RewardServerError, which ends the training: verl has no way to leave a sample out.
        :param skipped: the same for a sample that cannot be judged, such as one whose ground truth cannot be read.
        :param prompt_keys: where in ``extra_info`` the question is, which some graders read; the first that is there counts.
        """
        score = _VerlScore(self, rubric, kind, details, failed, skipped, prompt_keys)
        if not asynchronous:
            return score

        async def asynchronous_score(data_source: Any, solution_str: str, ground_truth: Any, extra_info: Any = None, **_: Any) -> Any:
            return (await self._apart(lambda: score.scores([data_source], [solution_str], [ground_truth], [extra_info])))[0]

        asynchronous_score.__name__ = asynchronous_score.__qualname__ = score.__name__
        return asynchronous_score

    def verl_compute_scores(self, rubric: Rubric, **options: Any) -> Callable[..., list[Any]]:
        """:meth:`verl_compute_score` for verl's "batch" reward manager: of a whole batch, its scores, in one call."""
        return _VerlScores(self.verl_compute_score(rubric, **{**options, "asynchronous": False}))  # type: ignore[arg-type]

    # ------------------------------------------------------------------ batches

    def _grade(self, rubric: Rubric, items: Sequence[Mapping[str, Any]], places: Sequence[int], deduplicate: bool = True) -> list[GradedItem]:
        """Grades items that stand at ``places`` of what the caller has."""
        start = b'{"rubric":' + _json(rubric, "rubric") + (b"" if deduplicate else b',"deduplicate":false') + b',"items":['
        bodies = [_json(item if "id" in item else {"id": str(place), **item}, f"items[{place}]") for item, place in zip(items, places)]
        members: dict[tuple[bool, bytes], list[int]] = {}
        for i, item in enumerate(items):
            group = item.get("group")
            key = (False, _json(item.get("prompt"), "prompt")) if group is None else (True, _json(group, "group"))
            members.setdefault(key, []).append(i)
        groups = [0] * len(items)
        for number, group in enumerate(members.values()):
            for i in group:
                groups[i] = number
        graded: list[Optional[GradedItem]] = [None] * len(items)
        chunks = self._chunks(bodies, list(members.values()))
        call = functools.partial(self._grade_chunk, start, bodies, places, groups, graded)
        if len(chunks) < 2:
            for chunk in chunks:
                call(chunk)
        else:
            with concurrent.futures.ThreadPoolExecutor(min(len(chunks), self.connections), "rewardserver-batch") as threads:
                waiting = [threads.submit(call, chunk) for chunk in chunks]
                try:
                    for future in waiting:
                        future.result()
                except BaseException:
                    for future in waiting:
                        future.cancel()
                    raise
        return [item for item in graded if item is not None]

    def _chunks(self, bodies: Sequence[bytes], groups: Sequence[Sequence[int]]) -> list[list[int]]:
        """What goes in one call: whole groups, about ``batch`` items; a group is parted only where no call could hold it."""
        chunks: list[list[int]] = []
        chunk: list[int] = []
        size = 0
        for group in groups:
            most = min(self.batch, self.max_items)
            whole = sum(len(bodies[i]) + 1 for i in group)
            if chunk and (len(chunk) + len(group) > most or size + whole > self.max_bytes):
                chunks.append(chunk)
                chunk, size = [], 0
            for i in group:
                if chunk and (len(chunk) >= self.max_items or size + len(bodies[i]) + 1 > self.max_bytes):
                    chunks.append(chunk)
                    chunk, size = [], 0
                chunk.append(i)
                size += len(bodies[i]) + 1
        return [*chunks, chunk] if chunk else chunks

    def _grade_chunk(
        self, start: bytes, bodies: Sequence[bytes], places: Sequence[int], groups: Sequence[int], graded: list[Optional[GradedItem]], chunk: list[int]
    ) -> None:
        patience = _Patience(self)
        asked = chunk
        while True:
            try:
                answer = self._call("POST", "/v1/grade", start + b",".join(bodies[i] for i in asked) + b"]}", patience, [places[i] for i in asked])
            except RewardServerUnavailable:
                if asked is chunk and graded[chunk[0]] is None:
                    raise
                # Of what failed before it went away, we know at least that.
                break
            except RewardServerError as error:
                if error.status != 413 or len(asked) < 2:
                    raise
                self._grade_halves(start, bodies, places, groups, graded, asked)
                break
            items = answer.get("items")
            if not isinstance(items, list) or len(items) != len(asked):
                raise RewardServerError(f"{self.url} did not answer as a RewardServer does: {len(asked)} items were sent")
            for i, item in zip(asked, items):
                graded[i] = item
            failed = {groups[i] for i in asked if graded[i]["outcome"] == "failed"}  # type: ignore[index]
            if not failed:
                break
            # With all of their group: what is measured within a group needs the whole of it, and the server keeps what it has graded.
            asked = [i for i in asked if groups[i] in failed]
            reasons = [graded[i]["reason"] for i in asked if graded[i]["outcome"] == "failed"]  # type: ignore[index]
            if not patience.again(f"{len(reasons)} of {len(chunk)} items failed: {reasons[0]}"):
                break

    # The server takes less than was thought. Later calls are smaller from the start.
    def _grade_halves(
        self, start: bytes, bodies: Sequence[bytes], places: Sequence[int], groups: Sequence[int], graded: list[Optional[GradedItem]], chunk: list[int]
    ) -> None:
        middle = len(chunk) // 2
        edges = [i for i in range(1, len(chunk)) if groups[chunk[i]] != groups[chunk[i - 1]]]
        cut = min(edges, key=lambda edge: abs(edge - middle)) if edges else middle
        self.batch = max(1, min(self.batch, middle))
        for half in (chunk[:cut], chunk[cut:]):
            self._grade_chunk(start, bodies, places, groups, graded, half)

    def _component_names(self, rubric: Rubric) -> list[str]:
        """The names of a rubric's components, in the order of its results."""
        key = _json(rubric, "rubric").decode()
        known = self._names.get(key)
        if known is None:
            path = "/v1/rubrics/" + urllib.parse.quote(rubric, safe="") if isinstance(rubric, str) else "/v1/rubrics/explain"
            try:
                answer = self._call("GET", path, None, _Patience(self)) if isinstance(rubric, str) else self._call("POST", path, key.encode(), _Patience(self))
            except RewardServerError as error:
                if isinstance(error, RewardServerUnavailable) or error.field is not None:
                    raise
                raise _labelled("rubric", error) from error
            definition = answer["definition"]
            known = [component.get("name") or component["grader"] for component in definition["components"]]
            known += [f"signal:{signal}" for signal in sorted(definition.get("signals") or {})]
            self._names[key] = known
        return known

    # ------------------------------------------------------------------ HTTP

    async def _apart(self, work: Callable[[], T]) -> T:
        self._after_fork()
        with self._lock:
            if self._threads is None:
                self._threads = concurrent.futures.ThreadPoolExecutor(self.connections, "rewardserver")
            threads = self._threads
        return await asyncio.get_running_loop().run_in_executor(threads, work)

    def _call(self, method: str, path: str, body: Optional[bytes], patience: _Patience, places: Sequence[int] = ()) -> dict[str, Any]:
        """One call, repeated where that can help."""
        while True:
            try:
                status, headers, data = self._exchange(method, self._path + path, body)
            except ssl.SSLCertVerificationError as unproven:
                raise RewardServerError(f"{self.url} cannot prove who it is: {unproven}", field="url") from unproven
            except (OSError, http.client.HTTPException) as broken:
                why = f"{self.url} cannot be reached: {type(broken).__name__}: {broken}"
                if not patience.again(why):
                    raise RewardServerUnavailable(why) from broken
                continue
            if status == 503 and path == "/v1/grade" and b'"items"' in data:
                # Each item failed, and the answer says why.
                return _object(data, self.url, status)
            if status in _WORTH_A_RETRY:
                error = _refusal(status, data, places, f"{method} {path}", RewardServerUnavailable)
                if not patience.again(str(error), headers.get("Retry-After")):
                    raise error
                continue
            if 200 <= status < 300:
                return _object(data, self.url, status)
            raise _refusal(status, data, places, f"{method} {path}")

    def _exchange(self, method: str, path: str, body: Optional[bytes]) -> tuple[int, http.client.HTTPMessage, bytes]:
        headers = {"Accept": "application/json", "User-Agent": "rewardserver-python"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        self._after_fork()
        with self._places:
            while True:
                with self._lock:
                    kept = self._idle.pop() if self._idle else None
                connection = kept or self._connect()
                try:
                    try:
                        connection.request(method, path, body, headers)
                    except BrokenPipeError:
                        # It stopped reading, and may have said why.
                        pass
                    response = connection.getresponse()
                    data = response.read()
                except (ConnectionError, http.client.RemoteDisconnected):
                    connection.close()
                    if kept is None:
                        raise
                    # It was closed while it lay idle. Nothing is wrong with the server; a new one will tell.
                    continue
                except BaseException:
                    connection.close()
                    raise
                if response.will_close or self._closed.is_set():
                    connection.close()
                else:
                    with self._lock:
                        self._idle.append(connection)
                return response.status, response.headers, data

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._address
        if self._https:
            return http.client.HTTPSConnection(host, port, timeout=self.timeout, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=self.timeout)

    # Two processes must not speak on one connection. What is left behind belongs to the parent.
    def _after_fork(self) -> None:
        if self._process != os.getpid():
            self._begin()


class _Patience:
    """How often, and how long, one call waits for a server that is absent or busy."""

    def __init__(self, server: RewardServer) -> None:
        self._server = server
        self._waits = 0

    def again(self, why: str, retry_after: Optional[str] = None) -> bool:
        """Waits for the next try; False where there is none."""
        server = self._server
        if self._waits >= server.retries or server._closed.is_set():
            return False
        wait = min(_LONGEST_WAIT, server.backoff * 2**self._waits) * random.uniform(0.5, 1)
        self._waits += 1
        wait = max(wait, min(_LONGEST_RETRY_AFTER, _seconds(retry_after)))
        _log.warning("%s; asking again in %.1f s (%d of %d)", why, wait, self._waits, server.retries)
        return not server._closed.wait(wait)


class _TrlReward:
    # A class and no closure: TRL's asynchronous trainer sends reward functions to another process.
    def __init__(
        self,
        server: RewardServer,
        rubric: Rubric,
        answer_column: Optional[str],
        task_column: Optional[str],
        kind: str,
        name: Optional[str],
        weight: float,
        eos_token_ids: Optional[Collection[int]],
        thinking: Optional[tuple[str, str]],
        unreachable: str,
    ) -> None:
        if unreachable not in ("raise", "none"):
            raise ValueError(f"unreachable: must be 'raise' or 'none', but is {unreachable!r}")
        if not math.isfinite(weight):
            raise ValueError(f"weight: must be a finite number, but is {weight}")
        self._server, self._rubric, self._answer_column, self._task_column = server, rubric, answer_column, task_column
        self._kind, self._weight, self._thinking, self._unreachable = _checked_kind(kind), weight, thinking, unreachable
        self._eos = None if eos_token_ids is None else frozenset(eos_token_ids)
        self.__name__ = self.__qualname__ = name or (rubric if isinstance(rubric, str) else str(rubric.get("name") or "rewardserver"))

    def __call__(self, prompts: Sequence[Any], completions: Sequence[Any], **columns: Any) -> list[Optional[float]]:
        return self.report(len(completions), self.grade(prompts, completions, columns), columns)

    def grade(self, prompts: Sequence[Any], completions: Sequence[Any], columns: Mapping[str, Any]) -> dict[int, GradedItem]:
        """What each row that has a label earned."""
        if len(prompts) != len(completions):
            raise RewardServerError(f"there are {len(prompts)} prompts and {len(completions)} completions", field="completions")
        labels = self._labels(columns, len(completions))
        rows = [row for row, label in enumerate(labels) if label is not _NONE]
        try:
            items = [self._item(row, prompts[row], completions[row], labels[row], columns) for row in rows]
            firsts: dict[bytes, int] = {}
            for row, item in zip(rows, items):
                # By its label too: prompts that differ in an image alone read the same.
                item["group"] = str(firsts.setdefault(_json([item["prompt"], item["task"]], f"items[{row}]"), row))
            # Before anything is logged: every process of a training must log the same columns.
            self._server._component_names(self._rubric)
            graded = self._server._grade(self._rubric, items, rows)
        except RewardServerUnavailable as error:
            if self._unreachable == "raise" or not self._server._names.get(_json(self._rubric, "rubric").decode()):
                raise
            _log.error("no rewards for %d completions: %s", len(rows), error)
            graded = [{"id": str(row), "outcome": "failed", "reward": None, "reason": str(error), "components": []} for row in rows]
        return dict(zip(rows, graded))

    def report(self, rows: int, graded: Mapping[int, GradedItem], columns: Mapping[str, Any]) -> list[Optional[float]]:
        """The rewards, after telling TRL's log of them."""
        without = [item for item in graded.values() if item["reward"] is None]
        if without:
            _log.warning("%s: %d of %d completions have no reward: %s", self.__name__, len(without), rows, without[0]["reason"])
        scores: dict[str, list[Optional[float]]] = {name: [None] * rows for name in self._server._component_names(self._rubric)}
        for row, item in graded.items():
            for component in item["components"]:
                scores[component["name"]][row] = None if component["score"] is None else float(component["score"])
        log_extra, log_metric = columns.get("log_extra"), columns.get("log_metric")
        if log_extra is not None:
            log_extra(f"{self.__name__}/reason", [_reason(graded.get(row)) for row in range(rows)])
            for name, column in scores.items():
                log_extra(f"{self.__name__}/{name}", column)
        if log_metric is not None:
            for name, column in scores.items():
                log_metric(f"{self.__name__}/{name}", _mean([score for score in column if score is not None]))
            log_metric(f"{self.__name__}/without_reward", len(without) / rows if rows else 0.0)
        rewards: list[Optional[float]] = []
        for row in range(rows):
            reward = graded[row]["reward"] if row in graded else None
            rewards.append(None if reward is None else float(reward) * self._weight)
        return rewards

    def _labels(self, columns: Mapping[str, Any], rows: int) -> list[Any]:
        if self._answer_column is None and self._task_column is None:
            return [None] * rows
        labels: list[Any] = [_NONE] * rows
        # The later one goes before.
        for column in (self._answer_column, self._task_column):
            if column is None or (column == self._answer_column and column not in columns and self._task_column in columns):
                continue
            if column not in columns:
                there = ", ".join(name for name, values in columns.items() if isinstance(values, list) and name != "completion_ids") or "none"
                argument = "answer_column" if column == self._answer_column else "task_column"
                raise RewardServerError(f"the data set has no column {column!r} ({argument}=); its columns are: {there}", field=column)
            values = columns[column]
            if len(values) != rows:
                raise RewardServerError(f"the column {column!r} has {len(values)} rows, and there are {rows} completions", field=column)
            labels = [label if _is_none(value) else value for value, label in zip(values, labels)]
        return labels

    def _item(self, row: int, prompt: Any, completion: Any, label: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
        try:
            task = self._server.task_of("" if label is None else label, self._kind)
        except (ValueError, RewardServerError) as error:
            raise _labelled(f"{self._task_column or self._answer_column}[{row}]", error) from error
        item: dict[str, Any] = {"task": task}
        for member, value, thinking in (("prompt", prompt, None), ("completion", completion, self._thinking)):
            try:
                item[member] = _messages(value, thinking)
            except ValueError as error:
                raise _labelled(f"{member}s[{row}]", error) from error
        ids = columns.get("completion_ids")
        if ids is not None:
            item["completionTokens"] = len(ids[row])
            if self._eos is not None:
                item["truncated"] = len(ids[row]) > 0 and int(ids[row][-1]) not in self._eos
        return item


class _VerlScore:
    def __init__(
        self,
        server: RewardServer,
        rubric: Rubric,
        kind: str,
        details: bool,
        failed: Optional[float],
        skipped: Optional[float],
        prompt_keys: Sequence[str],
    ) -> None:
        for name, value in (("failed", failed), ("skipped", skipped)):
            if value is not None and not math.isfinite(value):
                raise ValueError(f"{name}: must be a finite number or None, but is {value}")
        self._server, self._rubric, self._kind, self._details = server, rubric, _checked_kind(kind), details
        self._instead = {"failed": failed, "skipped": skipped}
        self._prompt_keys = tuple(prompt_keys)
        # Of the object, as in all these: Ray's pickle loses one of the class.
        self.__name__ = "compute_score"

    def __call__(self, data_source: Any, solution_str: str, ground_truth: Any, extra_info: Any = None, **_: Any) -> Any:
        return self.scores([data_source], [solution_str], [ground_truth], [extra_info])[0]

    def scores(self, data_sources: Sequence[Any], solutions: Sequence[str], truths: Sequence[Any], extras: Sequence[Any]) -> list[Any]:
        if not len(data_sources) == len(solutions) == len(truths) == len(extras):
            raise RewardServerError(
                f"{len(data_sources)} data sources, {len(solutions)} solutions, {len(truths)} ground truths, {len(extras)} extra infos", field="solution_strs")
        try:
            names = self._server._component_names(self._rubric) if self._details else []
            items = [self._item(i, *sample) for i, sample in enumerate(zip(data_sources, solutions, truths, extras))]
            graded = self._server._grade(self._rubric, items, range(len(items)))
        except RewardServerUnavailable as error:
            known = self._server._names.get(_json(self._rubric, "rubric").decode(), [])
            # Without their names, the members would not be those of other samples.
            if self._instead["failed"] is None or (self._details and not known):
                raise
            return [self._without("failed", str(error), known) for _ in solutions]
        return [self._score(item, names) for item in graded]

    def _item(self, i: int, source: Any, solution: str, truth: Any, extra: Any) -> dict[str, Any]:
        field = f"ground_truth[{i}]"
        if _is_none(truth):
            raise RewardServerError("is missing", field=field)
        try:
            task = self._server.task_of(truth, self._kind)
        except (ValueError, RewardServerError) as error:
            raise _labelled(field, error) from error
        extra = extra if isinstance(extra, Mapping) else {}
        prompts = (_plain(extra.get(key)) for key in self._prompt_keys)
        prompt = next((prompt for prompt in prompts if isinstance(prompt, str) or _is_chat(prompt)), "")
        row = _plain(extra.get("index"))
        # Samples of one row of the data set answer one prompt. What names no row is compared with nothing.
        group = f"{_plain(source)}/{row}" if row is not None else f"sample {i}"
        return {"prompt": _messages(prompt, None), "completion": solution, "task": task, "group": group}

    def _score(self, item: GradedItem, names: Sequence[str]) -> Any:
        reward = item["reward"]
        if reward is None:
            return self._without(item["outcome"], item["reason"] or "", names)
        if not self._details:
            return float(reward)
        scores = {component["name"]: float(component["score"]) for component in item["components"] if component["score"] is not None}
        numbers = {f"component_{name}": scores.get(name, math.nan) for name in names}
        return {"score": float(reward), "acc": scores.get("accuracy", float(reward)), **numbers}

    def _without(self, outcome: str, reason: str, names: Sequence[str]) -> Any:
        number = self._instead.get(outcome)
        if number is None:
            raise RewardServerError(f"a sample has no reward: it was {outcome}: {reason} ({outcome}=NUMBER would give it one)", field="solution_str")
        _log.warning("a sample was %s, and gets %s: %s", outcome, number, reason)
        return {"score": number, "acc": number, **{f"component_{name}": math.nan for name in names}} if self._details else number


class _VerlScores:
    def __init__(self, score: _VerlScore) -> None:
        self._score = score
        self.__name__ = "compute_scores"

    def __call__(
        self, data_sources: Sequence[Any], solution_strs: Sequence[str], ground_truths: Sequence[Any], extra_infos: Optional[Sequence[Any]] = None, **_: Any
    ) -> list[Any]:
        extras = [None] * len(solution_strs) if extra_infos is None else extra_infos
        return self._score.scores(data_sources, solution_strs, ground_truths, extras)


# ---------------------------------------------------------------------- verl, without any code

# A plain dict and no lock, which could not be sent to another process with the functions that use it.
_scores: dict[str, Callable[..., Any]] = {}


def _score_of(which: str, url: str, rubric: Rubric, api_key: Optional[str], options: dict[str, Any]) -> Callable[..., Any]:
    rubric = _plain(rubric)
    client = {name: options.pop(name) for name in ("timeout", "retries", "connections", "batch", "max_items", "max_bytes", "backoff") if name in options}
    score = {name: _plain(options[name]) for name in ("kind", "details", "failed", "skipped", "prompt_keys") if name in options}
    key = json.dumps([which, os.getpid(), url, rubric, api_key, client, score], sort_keys=True)
    if key not in _scores:
        # What verl adds by itself is none of ours; what is misspelt must not be lost without a word.
        for name in options.keys() - score.keys() - {"reward_router_address", "reward_model_tokenizer"}:
            _log.warning("reward_kwargs.%s is no argument of RewardServer's, and is passed over", name)
        server = RewardServer(url, api_key, **client)
        made = server.verl_compute_scores(rubric, **score) if which == "batch" else server.verl_compute_score(rubric, asynchronous=which == "async", **score)
        _scores.setdefault(key, made)
    return _scores[key]


async def compute_score(
    data_source: Any, solution_str: str, ground_truth: Any, extra_info: Any = None, *, url: str, rubric: Rubric, api_key: Optional[str] = None, **options: Any
) -> Any:
    """verl's ``custom_reward_function``, for the managers of its reward loop. ``reward_kwargs`` has the URL, the rubric, and any
    argument of :class:`RewardServer` and of :meth:`RewardServer.verl_compute_score`; what verl itself adds is passed over."""
    return await _score_of("async", url, rubric, api_key, options)(data_source, solution_str, ground_truth, extra_info)


def compute_score_sync(
    data_source: Any, solution_str: str, ground_truth: Any, extra_info: Any = None, *, url: str, rubric: Rubric, api_key: Optional[str] = None, **options: Any
) -> Any:
    """:func:`compute_score` for managers that call one sample after another."""
    return _score_of("sync", url, rubric, api_key, options)(data_source, solution_str, ground_truth, extra_info)


def compute_scores(
    data_sources: Sequence[Any],
    solution_strs: Sequence[str],
    ground_truths: Sequence[Any],
    extra_infos: Optional[Sequence[Any]] = None,
    *,
    url: str,
    rubric: Rubric,
    api_key: Optional[str] = None,
    **options: Any,
) -> list[Any]:
    """:func:`compute_score` for the manager "batch"."""
    scores: list[Any] = _score_of("batch", url, rubric, api_key, options)(data_sources, solution_strs, ground_truths, extra_infos)
    return scores


# ---------------------------------------------------------------------- labels, as the server reads them for other trainers


def task_of(label: Any, kind: str = "math") -> dict[str, Any]:
    """The task that a label stands for, but for ``task:ID``, which only :meth:`RewardServer.task_of` knows.

    :param kind: what a plain gold is: "math", "text", "number" or "choice".
    :raises ValueError: the label is none of the forms.
    """
    label = _plain(label)
    if label is None:
        return _gold([""], kind)
    if isinstance(label, Mapping):
        return _task(_without_nulls(label))
    if isinstance(label, str):
        known = _json_task(label)
        return _gold([label], kind) if known is None else _task(known)
    if isinstance(label, (list, tuple)):
        if len(label) == 1 and not isinstance(label[0], (list, tuple)):
            return task_of(label[0], kind)
        if not label or not all(isinstance(gold, (str, int, float)) and not isinstance(gold, bool) for gold in label):
            raise ValueError("must be a gold, several golds, a task, or task:ID")
        return _gold([gold if isinstance(gold, str) else json.dumps(gold) for gold in label], kind)
    if isinstance(label, (bool, int, float)):
        return _gold([json.dumps(label)], kind)
    raise ValueError(f"must be a gold, several golds, a task, or task:ID, but is of type {type(label).__name__}")


def _gold(golds: list[str], kind: str) -> dict[str, Any]:
    task: dict[str, Any] = {"kind": _checked_kind(kind)}
    if len(golds) == 1:
        task["answer"] = golds[0]
    else:
        task["answers"] = golds
    return task


def _checked_kind(kind: str) -> str:
    if kind not in _PLAIN_KINDS:
        raise ValueError(f"kind: {kind!r} has no plain gold; it is one of {', '.join(_PLAIN_KINDS)}")
    return kind


# A gold may begin with a brace, too: only what is a whole object with one of our marks is one.
def _json_task(text: str) -> Optional[dict[str, Any]]:
    if not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) and ("kind" in value or _are_tests(value)) else None


def _are_tests(value: Mapping[str, Any]) -> bool:
    return "kind" not in value and (("inputs" in value and "outputs" in value) or "assert_case" in value)


def _task(value: Mapping[str, Any]) -> dict[str, Any]:
    if "kind" in value:
        return dict(value)
    if not _are_tests(value):
        raise ValueError("a task needs 'kind', or tests 'inputs' and 'outputs'")
    for member in ("inputs", "outputs", "assert_case"):
        if not isinstance(value.get(member), (list, type(None))):
            raise ValueError(f"{member}: must be an array")
    inputs, outputs, checks = (value.get(member) or [] for member in ("inputs", "outputs", "assert_case"))
    function = value.get("fn_name")
    if not isinstance(function, (str, type(None))):
        raise ValueError("fn_name: must be a text")
    if len(inputs) != len(outputs):
        raise ValueError(f"outputs: there are {len(inputs)} inputs and {len(outputs)} outputs")
    if inputs and checks and len(inputs) != len(checks):
        raise ValueError(f"assert_case: there are {len(inputs)} inputs and {len(checks)} assert_case")
    tests: list[dict[str, Any]] = []
    for i in range(max(len(inputs), len(checks))):
        check = _lines(checks[i]) if i < len(checks) and checks[i] is not None else ""
        expected = outputs[i] if i < len(outputs) else None
        if check:
            tests.append({"kind": "check", "harness": check})
        elif expected is None:
            raise ValueError(f"outputs[{i}]: must not be null")
        # Beside an assertion, an output may be null: the assertion decides.
        if expected is not None:
            given = inputs[i]
            tests.append(_call_of(i, function, given, expected) if function else {
                "kind": "stdio", "stdin": "" if given is None else _lines(given), "stdout": _lines(expected)})
    return {"kind": "code", "language": "python", "tests": tests}


# An input is a text of one JSON argument a line (verl), or a list of the arguments (APPS). verl prints a result, a text as it is and all
# else as JSON; APPS takes a list of one result for the result.
def _call_of(i: int, function: str, given: Any, expected: Any) -> dict[str, Any]:
    try:
        arguments = [_parsed(line) for line in given.split("\n") if line.strip()] if isinstance(given, str) else list(given)
    except (TypeError, ValueError):
        raise ValueError(f"inputs[{i}]: must have one JSON argument a line, or be an array of them") from None
    if not isinstance(expected, str):
        accepted = [expected, expected[0]] if isinstance(expected, list) and len(expected) == 1 else [expected]
    else:
        printed = expected.rstrip("\n")
        try:
            value = _parsed(printed)
            # "5" may be the number and the text; "[5]" is a list, for no program is asked for a text that looks like one.
            accepted = [value] if isinstance(value, (list, dict)) else [value, printed]
        except ValueError:
            accepted = [printed]
    return {"kind": "call", "function": function, "arguments": arguments, "accepted": accepted, "types": "json"}


def _parsed(text: str) -> Any:
    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def _lines(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(map(_lines, value)) if isinstance(value, list) else json.dumps(value)


# Arrow gives every row of a column the members of all rows, and None for those that it does not have.
def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        call = value.get("kind") == "call"
        return {name: _without_nulls(member) for name, member in value.items() if member is not None or (call and name == "result")}
    return [_without_nulls(member) for member in value] if isinstance(value, list) else value


# ---------------------------------------------------------------------- small things

_NONE = object()


def _plain(value: Any) -> Any:
    """NumPy's, Arrow's and OmegaConf's values as Python has them."""
    if isinstance(value, (str, bytes, bool, int, float)) or value is None:
        return str(value) if type(value) is not str and isinstance(value, str) else value
    if isinstance(value, Mapping):
        return {str(name): _plain(member) for name, member in value.items()}
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, Sequence):
        return [_plain(member) for member in value]
    return value


# What data frames write for nothing, too.
def _is_none(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _messages(value: Any, thinking: Optional[tuple[str, str]]) -> Any:
    """A text, or messages with their contents as texts."""
    value = _plain(value)
    if isinstance(value, str):
        return value
    if not _is_chat(value):
        raise ValueError(f"must be a text, or messages {{role, content}}, but is {str(value)[:100]!r}")
    return [{"role": message.get("role", "assistant"), "content": _content(message, thinking)} for message in value]


def _is_chat(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(message, Mapping) for message in value)


def _content(message: Mapping[str, Any], thinking: Optional[tuple[str, str]]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(part if isinstance(part, str) else str(part.get("text") or "") for part in content)
    thought = next((message[name] for name in ("reasoning_content", "thinking", "reasoning") if isinstance(message.get(name), str) and message[name]), None)
    if thought is None or thinking is None:
        return content or ""
    return f"{thinking[0]}{thought}{thinking[1]}{content or ''}"


def _labelled(field: str, error: Exception) -> RewardServerError:
    """The error of a label, with where the label stands."""
    kind: type[RewardServerError] = type(error) if isinstance(error, RewardServerError) else RewardServerError
    named = kind(f"{field}: {error}", field=field)
    named.status = getattr(error, "status", None)
    return named


def _reason(item: Optional[GradedItem]) -> str:
    if item is None:
        return "no label"
    if item["reason"]:
        return item["reason"]
    return "; ".join(f"{component['name']}: {component['reason']}" for component in item["components"])


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else math.nan


def _json(value: Any, field: str) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain_or_fail, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        # Half a character, as models do emit: an escape says it, and UTF-8 cannot.
        return json.dumps(value, allow_nan=False, default=_plain_or_fail, separators=(",", ":")).encode()
    except (TypeError, ValueError) as error:
        raise RewardServerError(f"{field}: cannot be written as JSON: {error}", field=field) from None


def _plain_or_fail(value: Any) -> Any:
    plain = _plain(value)
    if plain is value:
        raise TypeError(f"a value of type {type(value).__name__}")
    return plain


def _object(data: bytes, url: str, status: int) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise RewardServerError(f"{url} did not answer as a RewardServer does: {data[:200]!r}", status=status)
    return value


def _refusal(
    status: int, data: bytes, places: Sequence[int], call: str, kind: type[RewardServerError] = RewardServerError
) -> RewardServerError:
    """What the server has against a call (RFC 9457), items by their places in what the caller has."""

    def placed(text: str) -> str:
        return _ITEM_AT.sub(lambda match: f"{match[1]}[{places[int(match[2])]}]" if int(match[2]) < len(places) else match[0], text)

    try:
        problem = json.loads(data)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {"detail": data[:500].decode("utf-8", "replace").strip()}
    errors = {placed(field): [placed(str(text)) for text in texts] for field, texts in (problem.get("errors") or {}).items()}
    detail = placed(str(problem.get("detail") or problem.get("title") or http.client.responses.get(status, "")))
    named = _FIELD_AT_START.match(detail)
    field = next((field for field in errors if field), named[1] if named else None)
    return kind(f"{call}: {detail}", status=status, field=field, errors=errors)


def _seconds(retry_after: Optional[str]) -> float:
    if not retry_after:
        return 0.0
    if re.fullmatch("[0-9]{1,9}", retry_after.strip()):
        return float(retry_after)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0


def _text_or_bytes(value: Union[str, bytes]) -> Any:
    return value if isinstance(value, str) else {"base64": _base64(value)}


def _base64(content: Union[str, bytes]) -> str:
    return base64.b64encode(content.encode() if isinstance(content, str) else content).decode()
