# The rows of servers under load: the server runs in the column, the client
# outside of it, and on another processor where there is one.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import shutil
import signal
import socket
import subprocess
import time

from rows import Job, Row
from setting import Unusable, last_line, need, output_of

START_SECONDS = 20


class Server(Job):
    """The figure is the time of a request, in us."""
    tools = ()

    def __init__(self, setting, name, title):
        super().__init__([Row(name, title, "macro", "us")])
        self.setting = setting
        self.guess = setting.sized(0.6, 1.6)

    def prepare(self):
        need(*self.tools)

    def server(self):
        """Program and arguments; it is to listen on self.port."""
        raise NotImplementedError

    def load(self):
        """Run the client; the time of a request."""
        raise NotImplementedError

    def run(self, column):
        self.port = free_port()
        program, arguments = self.server()
        command = column.command(self.setting, shutil.which(program),
                                 arguments)
        log = self.setting.file("server.log")
        with open(log, "w") as output:
            process = subprocess.Popen(
                self.setting.pinned(command), stdout=output, stderr=output,
                stdin=subprocess.DEVNULL, cwd=self.setting.work,
                start_new_session=True)
        try:
            wait_for_port(self.port, process, log)
            return {self.rows[0].name: self.load()}
        finally:
            stop(process)

    def client(self, command):
        return output_of(self.setting.pinned(command,
                                             self.setting.client_cpu),
                         timeout=120)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, log):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            with open(log, errors="replace") as file:
                raise Unusable(last_line(file.read())
                               or "the server ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise Unusable("the server didn't start")


def stop(process):
    """End PROCESS and what it has started: tracers leave their programs."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


class Redis(Server):
    tools = ("redis-server", "redis-benchmark")

    def server(self):
        return "redis-server", ["--port", str(self.port), "--bind",
                                "127.0.0.1", "--save", "", "--appendonly",
                                "no", "--dir", self.setting.work]

    def load(self):
        """SET and GET; the mean of the two."""
        output = self.client(
            ["redis-benchmark", "-p", str(self.port), "-t", "set,get", "-c",
             "8", "-n", str(self.setting.sized(4000, 20000)), "--csv"])
        rates = [float(rate) for rate
                 in re.findall(r'^"[SG]ET","([0-9.]+)"', output, re.M)]
        if len(rates) != 2:
            raise Unusable("redis-benchmark said: " + last_line(output))
        return sum(1e6 / rate for rate in rates) / len(rates)


NGINX = """daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
	access_log off;
	client_body_temp_path temp;
	proxy_temp_path temp;
	fastcgi_temp_path temp;
	uwsgi_temp_path temp;
	scgi_temp_path temp;
	server {{
		listen 127.0.0.1:{port};
		root {root};
		sendfile on;
		keepalive_requests 1000000;
	}}
}}
"""


class Nginx(Server):
    tools = ("nginx", "wrk")

    def __init__(self, setting, name, title, size):
        super().__init__(setting, name, title)
        self.size = size

    def prepare(self):
        super().prepare()
        with open(self.setting.file("file-%d" % self.size), "wb") as file:
            file.write(b"x" * self.size)

    def server(self):
        folder = self.setting.work
        with open(self.setting.file("nginx.conf"), "w") as file:
            file.write(NGINX.format(port=self.port, root=folder))
        return "nginx", ["-p", folder, "-c", "nginx.conf"]

    def load(self):
        output = self.client(
            ["wrk", "-t", "1", "-c", "8", "-d", self.setting.sized("1", "2"),
             "http://127.0.0.1:%d/file-%d" % (self.port, self.size)])
        rate = re.search(r"^Requests/sec: +([0-9.]+)", output, re.M)
        if not rate or "Non-2xx" in output or float(rate.group(1)) == 0:
            raise Unusable("wrk said: " + last_line(output))
        return 1e6 / float(rate.group(1))


def jobs(setting):
    return [
        Redis(setting, "redis", "redis-server, redis-benchmark"),
        Nginx(setting, "nginx-1k", "nginx, wrk, 1 KiB", 1024),
        Nginx(setting, "nginx-64k", "nginx, wrk, 64 KiB", 65536),
    ]
