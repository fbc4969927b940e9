"""The process of a job: a command of `morava` that ends when the page that started it ends, however that ends.

`python -m morava.web.job_process run serbia --out runs`. Nothing is lost: chunks are whole on disk or not there.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def end_with_page() -> None:
    """Wait until nobody holds the other end of the standard input, and end this process and all that it started."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Run the command of the arguments."""
    threading.Thread(target=end_with_page, daemon=True).start()
    runpy.run_module("morava", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
