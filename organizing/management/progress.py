"""A progress bar for commands: a line that redraws itself on a terminal, and nothing elsewhere."""

from django.core.management.base import OutputWrapper

WIDTH = 30


class Bar:
    """Draws how many of how many are done."""

    def __init__(self, stream: OutputWrapper, label: str) -> None:
        self.stream, self.label = stream, label
        self.draws = stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Draw, and end the line with the last one."""
        if not self.draws:
            return
        filled = WIDTH * done // total
        self.stream.write(f"\r{self.label} {'█' * filled}{'░' * (WIDTH - filled)} {done}/{total}")
        self.stream.write("\n" if done == total else "")
        self.stream.flush()
