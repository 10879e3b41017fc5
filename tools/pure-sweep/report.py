# What a sweep has found: a table, JSON, HTML.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import html
import json
import shlex

import judge
import stacks

# So many calls of a group stand in the table.
SHOWN = 3


class Group:
    """Findings of one kind on one stack; without one, at calls of one name in one
    program."""

    def __init__(self, first):
        self.kind, self.what = first["kind"], first["what"]
        self.stack = first["stack"]
        self.findings = []

    @staticmethod
    def key(result):
        place = (stacks.functions(result["stack"])
                 or (result["program"], result["call"]))
        what = "" if result["kind"] == "hang" else result["what"]
        return result["kind"], what, place


def groups(results):
    found = {}
    for result in results:
        if result["kind"]:
            found.setdefault(Group.key(result), Group(result)).findings.append(
                result)
    kinds = list(judge.KINDS)
    return sorted(found.values(), key=lambda group: (
        kinds.index(group.kind), -len(group.findings)))


def counts(results):
    """How many runs there were of each kind."""
    count = {kind: 0 for kind in judge.KINDS}
    count.update(runs=len(results), failed=0, unchanged=0, missed=0)
    for result in results:
        if result["kind"]:
            count[result["kind"]] += 1
        elif not result["reached"]:
            count["missed"] += 1
        elif result["same"]:
            count["unchanged"] += 1
        else:
            count["failed"] += 1
    return count


def summary(count):
    return ("%(runs)d runs: %(sanitizer)d with a sanitizer's report, %(crash)d "
            "crashes, %(hang)d hangs, %(output)d that succeed with another "
            "output; %(failed)d end otherwise, %(unchanged)d are as without the "
            "fault, %(missed)d never came to it" % count)


def title(group):
    return "%s: %s" % (judge.KINDS[group.kind], group.what)


def calls_of(group):
    """The group's calls: for each its findings."""
    calls = {}
    for result in group.findings:
        calls.setdefault(result["key"].rpartition(" ")[0], []).append(result)
    return list(calls.values())


def call_line(results):
    """PROGRAM: CALL: ERRORS"""
    first = results[0]
    return "%s: %s: %s" % (first["program"], first["text"], " ".join(
        sorted(result["error"] for result in results)))


def print_group(number, group, file):
    calls = calls_of(group)
    print("%d. %s (%d run%s)" % (
        number, title(group), len(group.findings),
        "" if len(group.findings) == 1 else "s"), file=file)
    for frame in group.stack:
        print("       at " + frame, file=file)
    for results in calls[:SHOWN]:
        print("     " + call_line(results), file=file)
        print("     $ " + results[0]["command"], file=file)
    if len(calls) > SHOWN:
        print("     and %d more calls" % (len(calls) - SHOWN), file=file)


def print_table(results, file):
    for number, group in enumerate(groups(results), 1):
        print_group(number, group, file)
    print(summary(counts(results)), file=file)


def write_json(results, settings, file):
    json.dump({
        "command": settings.command,
        "counts": counts(results),
        "groups": [{
            "kind": group.kind,
            "what": group.what,
            "stack": list(group.stack),
            "findings": group.findings,
        } for group in groups(results)],
    }, file, indent=1)
    file.write("\n")


STYLE = """
body { font: 15px/1.45 sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }
h2 { font-size: 1.1em; margin: 1.6em 0 .3em; border-left: .5em solid; padding-left: .5em }
.sanitizer, .crash { border-color: #c22 } .hang { border-color: #d80 }
.output { border-color: #27c }
table { border-collapse: collapse } td, th { padding: .1em 1em .1em 0; text-align: left }
code, pre { font: 13px monospace } pre { background: #8882; padding: .5em; overflow-x: auto }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } }
"""


def html_group(number, group, directory):
    e = html.escape
    lines = ['<h2 class="%s" id="g%d">%d. %s (%d)</h2>' % (
        group.kind, number, number, e(title(group)), len(group.findings))]
    if group.stack:
        lines.append("<pre>%s</pre>" % e("\n".join(group.stack)))
    for results in calls_of(group):
        lines.append("<details><summary><code>%s</code></summary><table>"
                     % e(call_line(results)))
        for result in results:
            links = "".join(' <a href="findings/%d.%s">%s</a>' % (
                result["number"], name, name)
                for name in ("out", "err")) if directory else ""
            lines.append("<tr><td>%s<td><code>%s</code>%s" % (
                e(result["error"]), e(result["command"]), links))
        lines.append("</table></details>")
    return lines


def write_html(results, settings, file, directory=False):
    e = html.escape
    name = shlex.join(settings.command)
    lines = ['<!DOCTYPE html><html lang="en"><meta charset="utf-8">',
             "<title>pure-sweep: %s</title><style>%s</style>" % (e(name), STYLE),
             "<h1>pure-sweep: <code>%s</code></h1>" % e(name),
             "<p>%s." % e(summary(counts(results)))]
    for number, group in enumerate(groups(results), 1):
        lines += html_group(number, group, directory)
    file.write("\n".join(lines) + "\n</html>\n")
