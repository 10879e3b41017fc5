#!/bin/sh
# node with workers, itself as a child, a cluster, and a shell.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need node

scenario() {
	cat >main.js <<'EOF'
const { Worker, isMainThread, parentPort } = require("worker_threads");
const child = require("child_process");
if (process.send) {
	process.on("message", (m) => { process.send(m * 2); process.disconnect(); });
} else if (!isMainThread) {
	parentPort.postMessage(require("crypto").createHash("sha1").update("x").digest("hex"));
} else {
	console.log(process.execPath, process.argv, process.title);
	console.log(child.execFileSync(process.execPath, ["-p", "process.execPath"]).toString());
	console.log(child.execSync("echo $0 in a shell").toString());
	let left = 4;
	for (let i = 0; i < 4; i++)
		new Worker(__filename).on("message", (m) => { if (--left == 0) console.log("workers", m); });
	process.on("exit", () => {
		console.log("spawned", child.spawnSync(process.argv0, ["-e", "process.exit(5)"]).status);
	});
	child.fork(__filename).on("message", (m) => console.log("child", m)).send(21);
}
EOF
	node main.js | sort
}

compare
