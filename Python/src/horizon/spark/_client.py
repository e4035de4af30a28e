"""The program as a worker: frames over its standard input and output, in lock step. Python/PROTOCOL.md has the numbers."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Any

from horizon._binary import environment, find_binary
from horizon._errors import HorizonError
from horizon._version import __version__

PROTOCOL = 1
FRAME_LIMIT = 256 << 20
ARCHIVE = "horizon-engine"


class WorkerStoppedError(Exception):
    """The worker ended, or was ended for taking too long, without an answer."""

    def __init__(self, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.timed_out = timed_out


def locate(path: str | None) -> str:
    """Return the path of the program on this machine: as elsewhere, and where Spark has unpacked what `ship` sent.

    Raises:
        HorizonError: As `find_binary`, naming the machine.
    """
    if path is None and not os.environ.get("HORIZON_BINARY"):
        roots = [os.getcwd()]
        try:
            from pyspark import SparkFiles

            roots.append(SparkFiles.getRootDirectory())
        except Exception:  # noqa: S110 - outside of a task there is none
            pass
        for root in roots:
            candidate = os.path.join(root, ARCHIVE, "horizon")
            if os.access(candidate, os.X_OK):
                path = candidate
                break
    try:
        return find_binary(path)
    except HorizonError as error:
        raise HorizonError(
            error.code,
            f"on {os.uname().nodename}: {error.message}",
            remedy="Install the wheel with the program on every executor, or send it there with horizon.spark.ship(spark)",
            file=error.file,
        ) from error


class Worker:
    """A process of the program, and whoever asks it. One question is answered before the next is asked."""

    def __init__(self, binary: str, job: dict[str, Any], *, start_timeout: float = 120.0) -> None:
        """Start the worker and shake hands.

        Raises:
            HorizonError: `version` for a program or protocol of another version, or what the program says of the job.
            WorkerStoppedError: Where it ends without a word.
        """
        self._binary = binary
        self._hello = json.dumps({"protocol": PROTOCOL, "version": __version__, **job}).encode()
        self._start_timeout = start_timeout
        self.greeting: dict[str, Any] = {}
        self._start()

    def _start(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        self._process = subprocess.Popen(
            [self._binary, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=environment()
        )
        try:
            try:
                kind, body = self.ask(b"H", [self._hello], timeout=self._start_timeout)
            except WorkerStoppedError as stopped:
                raise HorizonError(
                    "binary", f"{self._binary} does not start: {stopped}", remedy="Use the program of this platform"
                ) from stopped
            if kind != b"R":
                raise HorizonError("version", f"the worker answered a hello with {kind!r}", remedy="Use one version of both")
            self.greeting = json.loads(body)
            if (self.greeting.get("protocol"), self.greeting.get("version")) != (PROTOCOL, __version__):
                raise HorizonError(
                    "version",
                    f"the worker is version {self.greeting.get('version')}, and the package is {__version__}",
                    remedy="Install the program and the Python package of one version",
                )
        except BaseException:
            self.close()
            raise

    def restart(self) -> None:
        """Start it anew, after it stopped."""
        self.close()
        self._start()

    def ask(self, kind: bytes, body: Sequence[Any], *, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Send a frame and return its answer.

        Raises:
            HorizonError: Where the answer is a failure, or the frame is larger than frames may be.
            WorkerStoppedError: Where there is no answer.
        """
        length = 1 + sum(memoryview(part).nbytes for part in body)
        if length > FRAME_LIMIT:
            raise HorizonError("data", f"a frame of {length} bytes is larger than {FRAME_LIMIT}", remedy="Send fewer series")
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(timeout, stop) if timeout is not None else None
        if timer is not None:
            timer.daemon = True
            timer.start()
        try:
            stdin, stdout = self._process.stdin, self._process.stdout
            assert stdin is not None
            assert stdout is not None
            try:
                stdin.write(struct.pack("<I", length) + kind)
                for part in body:
                    stdin.write(part)
                stdin.flush()
            except OSError:
                # It may have said why before it ended.
                pass
            head = stdout.read(5)
            if len(head) < 5:
                raise self._stopped(late)
            answered = struct.unpack("<I", head[:4])[0]
            if not 1 <= answered <= FRAME_LIMIT:
                raise WorkerStoppedError(f"the worker announced a frame of {answered} bytes")
            answer = stdout.read(answered - 1)
            if len(answer) < answered - 1:
                raise self._stopped(late)
        finally:
            if timer is not None:
                timer.cancel()
        if head[4:] == b"E":
            error = HorizonError.from_record(json.loads(answer))
            if error.code == "usage" and "version" in error.message:
                error.code = "version"
            raise error
        return head[4:], answer

    def _stopped(self, late: threading.Event) -> WorkerStoppedError:
        self._process.kill()
        code = self._process.wait()
        if late.is_set():
            return WorkerStoppedError("it took longer than its budget", timed_out=True)
        self._errors.seek(0)
        said = self._errors.read()[-500:].decode(errors="replace").strip()
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        return WorkerStoppedError(f"the program {how}" + (f": {said}" if said else ""))

    def close(self) -> None:
        """End the process; without a word from it, after a moment, by force."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self._process.kill()
        self.close()
