#!/usr/bin/env python3
# The picture of a call's way, as SVG, on standard output.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: python3 call.py >call.svg
#
# The lists below are the whole picture; what comes after them draws them.

WIDTH, HEIGHT = 860, 372
PROCESS, KERNEL = "#f6f8fa", "#e3ebf5"
GUARD, RUNTIME, YOURS = "#fff3cf", "#dff0dc", "#fbdcd7"
INK, GREY = "#1f2328", "#57606a"

# x, y, width, height, fill, title, lines of text
BOXES = [
    (10, 10, 840, 62, KERNEL, "kernel", []),
    (10, 108, 840, 254, PROCESS, "", []),
    (30, 128, 190, 84, "#ffffff", "site", ["mov $39, %eax", "syscall"]),
    (300, 128, 190, 84, GUARD, "guard",
     ["cmpq $0, __pure_syscall", "jne ..."]),
    (300, 262, 190, 84, RUNTIME, "entry",
     ["__pure_site, or", "__pure_thunk"]),
    (546, 262, 130, 84, YOURS, "handler", ["yours"]),
    (716, 262, 118, 84, RUNTIME, "gateway", ["syscall"]),
]

# points, and the arrow's heads: at its end, or at both ends
ARROWS = [
    ([(220, 170), (300, 170)], "end"),
    ([(395, 128), (395, 72)], "both"),
    ([(395, 212), (395, 262)], "end"),
    ([(490, 304), (546, 304)], "both"),
    ([(676, 304), (716, 304)], "both"),
    ([(775, 262), (775, 72)], "both"),
    ([(300, 304), (125, 304), (125, 212)], "end"),
]

# x, y, anchor, text
NOTES = [
    (407, 100, "start", "the pointer is NULL"),
    (407, 242, "start", "it is set"),
    (763, 100, "end", "the handler passes it on"),
    (135, 296, "start", "the result"),
    (30, 350, "start", "the process"),
]


def text(x, y, words, anchor="middle", size=13, colour=INK, family="sans-serif",
         weight="normal"):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return ('<text x="%d" y="%d" text-anchor="%s" font-size="%d" fill="%s" '
            'font-family="%s" font-weight="%s">%s</text>'
            % (x, y, anchor, size, colour, family, weight, words))


def box(x, y, width, height, fill, title, lines):
    yield ('<rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="%s" '
           'stroke="%s"/>' % (x, y, width, height, fill, GREY))
    middle = x + width // 2
    # The title and its lines are centred as one block.
    top = y + (height - 20 * (1 + len(lines))) // 2 + 15
    if title:
        yield text(middle, top, title, size=15, weight="bold")
    for number, line in enumerate(lines, 1):
        yield text(middle, top + 20 * number, line, size=12,
                   family="monospace")


def arrow(points, heads):
    start = ' marker-start="url(#head)"' if heads == "both" else ""
    return ('<polyline points="%s" fill="none" stroke="%s" stroke-width="1.6" '
            'marker-end="url(#head)"%s/>'
            % (" ".join("%d,%d" % point for point in points), INK, start))


def picture():
    yield ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
           'viewBox="0 0 %d %d">' % (WIDTH, HEIGHT, WIDTH, HEIGHT))
    yield "<!-- Made by call.py. -->"
    yield "<title>The way of a system call</title>"
    yield ('<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" '
           'markerWidth="8" markerHeight="8" orient="auto-start-reverse">'
           '<path d="M0,0 L10,5 L0,10 z" fill="%s"/></marker></defs>' % INK)
    yield '<rect width="%d" height="%d" fill="#ffffff"/>' % (WIDTH, HEIGHT)
    for one in BOXES:
        yield from box(*one)
    for points, heads in ARROWS:
        yield arrow(points, heads)
    for x, y, anchor, words in NOTES:
        yield text(x, y, words, anchor=anchor, colour=GREY)
    yield "</svg>"


print("\n".join(picture()))
