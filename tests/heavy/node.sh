#!/bin/sh
# node under a heavy handler: files, workers, an HTTP server and its client, children,
# timers, signals.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

need node

scenario() {
	cat >heavy.js <<'EOF'
const { Worker, isMainThread, workerData, parentPort } = require("worker_threads");
const fs = require("fs");
const http = require("http");
const zlib = require("zlib");
const crypto = require("crypto");
const { spawn, execFileSync } = require("child_process");

if (!isMainThread) {
	let sum = 0;
	for (let i = 0; i < 200000; i++)
		sum += i * workerData;
	fs.writeFileSync(`worker${workerData}`, `${sum}`);
	parentPort.postMessage(sum);
	return;
}

const workers = () => Promise.all([...Array(12).keys()].map((n) =>
	new Promise((resolve, reject) => {
		const one = new Worker(__filename, { workerData: n });
		let said;
		one.on("message", (message) => { said = message; });
		one.on("error", reject);
		one.on("exit", (code) => resolve([n, said, code]));
	})));

const files = async () => {
	await Promise.all([...Array(100).keys()].map((n) =>
		fs.promises.writeFile(`file${n}`, "x".repeat(n * 1000))));
	const sizes = await Promise.all([...Array(100).keys()].map(async (n) =>
		(await fs.promises.stat(`file${n}`)).size));
	await Promise.all([...Array(100).keys()].map((n) => fs.promises.unlink(`file${n}`)));
	return sizes.reduce((a, b) => a + b);
};

const get = (port, path) => new Promise((resolve, reject) =>
	http.get({ host: "127.0.0.1", port, path }, (response) => {
		let text = "";
		response.on("data", (data) => { text += data; });
		response.on("end", () => resolve(text));
	}).on("error", reject));

const requests = () => new Promise((resolve, reject) => {
	const server = http.createServer((request, response) =>
		response.end(`you asked for ${request.url}`));
	server.listen(0, "127.0.0.1", async () => {
		const texts = [];
		for (let i = 0; i < 20; i++)
			texts.push(...await Promise.all([...Array(20).keys()].map((n) =>
				get(server.address().port, `/${i}/${n}`))));
		server.close();
		resolve(crypto.createHash("md5").update(texts.join("\n")).digest("hex"));
	});
});

const child = () => new Promise((resolve) => {
	const one = spawn("sh", ["-c", "cat; exit 3"]);
	let text = "";
	one.stdout.on("data", (data) => { text += data; });
	one.on("close", (code) => resolve([text, code]));
	one.stdin.end("to a child");
});

const signals = () => new Promise((resolve) => {
	// Waiting for a signal keeps no process running.
	const timer = setInterval(() => {}, 1000);
	let count = 0;
	process.on("SIGUSR2", () => {
		if (++count < 20)
			return process.kill(process.pid, "SIGUSR2");
		clearInterval(timer);
		resolve(count);
	});
	process.kill(process.pid, "SIGUSR2");
});

(async () => {
	console.log(await workers());
	console.log(await files());
	console.log(await requests());
	for (let i = 0; i < 5; i++)
		console.log(await child());
	console.log(execFileSync("echo", ["a child"]).toString());
	console.log(await signals());
	console.log(zlib.gunzipSync(zlib.gzipSync("z".repeat(100000))).length);
	console.log((await new Promise((resolve) =>
		crypto.pbkdf2("word", "salt", 10000, 32, "sha256", (_, key) => resolve(key)))).toString("hex"));
	let garbage = [];
	for (let i = 0; i < 2000000; i++)
		garbage[i % 1000] = { i, text: `${i}` };
	console.log(garbage.length);
	process.on("exit", (code) => console.log("exit", code));
	process.exitCode = 6;
})();
EOF
	i=0
	while [ $i -lt 3 ]; do
		i=$((i + 1))
		status=0
		under node heavy.js 2>&1 || status=$?
		echo "node: $status"
	done
	status=0
	under node -e 'process.abort()' >/dev/null 2>&1 || status=$?
	echo "abort: $status"
	no_end
}

compare "$@"
