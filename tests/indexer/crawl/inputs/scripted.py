"""A yearbook site on 127.0.0.1 whose every answer is written down beforehand; keeps a log of what is asked."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = (
    "<html><body><table><tr><td>当前位置：首页 &gt;&gt;2001年鉴信访</td></tr><tr><td>{title}</td></tr>"
    f"<tr><td>{'-' * 77}</td></tr><tr><td>【{{title}}】{{text}}（王刚）</td></tr><tr><td>[关闭窗口]</td></tr></table>{{more}}"
    "</body></html>"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def page(title: str, text: str = "全年接待来信来访。", more: str = "") -> Answer:
    """Make a page with one entry."""
    return Answer(PAGE.format(title=title, text=text, more=more).encode("gb18030"))


def links(*targets: str) -> Answer:
    """Make a page that leads to others."""
    return page("目录", more="".join(f"<a href='{target}'>{target}</a>" for target in targets))


def to(location: str, status: int = 302) -> Answer:
    """Make a redirect."""
    return Answer(b"", status, {"Location": location})


class Scripted(ThreadingHTTPServer):
    """The site: by path what it answers, the first time, the second, and so on; the last for good."""

    daemon_threads = True

    def __init__(self, answers: dict[str, Answer | list[Answer]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.log: list[str] = []
        """Paths in the order in which they were asked."""

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def manifest(self, folder: Path, **seeds: str) -> Path:
        """Write a manifest of a volume for each keyword, L1 with the scope /L1/ and so on."""
        keys = ['id = "local"', 'title = "本地"', 'publisher = "p"', 'licence = "l"', 'layout = "eastday-cms"']
        keys += ['contact = "mailto:a@b.example"', "delay = 0.0", "allow_private = true"]
        lines = ["[[site]]", *keys]
        for number, (name, seed) in enumerate(seeds.items()):
            scope, seeds_of = [f"{self.address}/{name}/"], [f"{self.address}/{name}/{seed}"]
            volume = [f'id = "{name}"', f"year = {2001 + number}", f"scope = {json.dumps(scope)}"]
            lines += ["[[site.volume]]", *volume, f"seeds = {json.dumps(seeds_of)}"]
        path = folder / "manifest.toml"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Send what is written down."""
        asked = self.server.log.count(self.path)
        self.server.log.append(self.path)
        found = self.server.answers.get(self.path, Answer(b"", 404))
        answer = found[min(asked, len(found) - 1)] if isinstance(found, list) else found
        self.send_response(answer.status)
        for name, value in (
            {"Content-Type": "text/html", "Content-Length": str(len(answer.body))} | answer.headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
