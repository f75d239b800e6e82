#!/usr/bin/env python3
"""Writes the labelled pairs that the log-likelihood ratio is calibrated on (bench_names calibrate; docs/names.md).

    tools/names/make_calibration_pairs.py DIR OUT

Same: primary names and aliases of the UN list ("good") and of the OFAC list, and names with one or two slips made by this
program. Not the same: two entries of one list, four of five of which share a word. Some of the latter are the same all the
same, listed twice; some of the former have nothing in common.
"""
import collections, csv, os, random, re, sys
import xml.etree.ElementTree as ET

DIR, OUT = sys.argv[1], sys.argv[2]
os.makedirs(OUT, exist_ok=True)
random.seed(3)


def write(name, rows, schema):
    with open(f"{OUT}/{name}.csv", "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["schema", "name1", "name2", "is_match"])
        w.writerows([schema, a, b, m] for a, b, m in rows)


def words(text):
    return {t for t in re.findall(r"\w+", text.lower()) if len(t) > 2}


def neighbours(names, n):
    by_word = collections.defaultdict(list)
    for i, name in enumerate(names):
        for t in words(name):
            by_word[t].append(i)
    out = []
    while len(out) < n:
        i = random.randrange(len(names))
        shared = sorted(t for t in words(names[i]) if len(by_word[t]) > 1)
        j = random.choice(by_word[random.choice(shared)]) if shared and random.random() < 0.8 else random.randrange(len(names))
        if j != i:
            out.append((names[i], names[j], "false"))
    return out


def slip(word):
    i, kind, letter = random.randrange(1, len(word)), random.randrange(5), random.choice("aeiourstnlkmbdgh")
    if kind == 0:
        return word[:i] + word[i + 1:]
    if kind == 1:
        return word[:i] + letter + word[i:]
    if kind == 2:
        return word[:i] + letter + word[i + 1:]
    if kind == 3 and i + 1 < len(word):
        return word[:i] + word[i + 1] + word[i] + word[i + 2:]
    return word[:i] + word[i] + word[i:]


def slips(name, count):
    parts = name.split()
    for _ in range(count):
        long = [i for i, w in enumerate(parts) if len(w) >= 4]
        if not long:
            return name
        i = random.choice(long)
        parts[i] = slip(parts[i].lower()).capitalize()
    return " ".join(parts)


same, primary = [], []
for person in ET.parse(f"{DIR}/watchman/UN_consolidated.xml").getroot().iter("INDIVIDUAL"):
    parts = [(person.findtext(k) or "").strip() for k in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    name = " ".join(p for p in parts if p)
    primary.append(name)
    for alias in person.findall("INDIVIDUAL_ALIAS"):
        if alias.findtext("QUALITY") == "Good" and alias.findtext("ALIAS_NAME"):
            same.append((name, alias.findtext("ALIAS_NAME").strip(), "true"))
write("un", same + neighbours(primary, len(same)), "Person")

kind, names = {}, {}
for row in csv.reader(open(f"{DIR}/watchman/sdn.csv", errors="replace")):
    if len(row) > 2:
        names[row[0]], kind[row[0]] = row[1], row[2].strip()
of_people, of_companies = [], []
for row in csv.reader(open(f"{DIR}/watchman/alt.csv", errors="replace")):
    if len(row) > 3 and row[0] in names:
        (of_people if kind[row[0]] == "individual" else of_companies).append((names[row[0]], row[3], "true"))
people = [n for k, n in names.items() if kind[k] == "individual"]
companies = [n for k, n in names.items() if kind[k] == "-0-"]
write("ofac_people", random.sample(of_people, 2000) + neighbours(people, 2000), "Person")
write("ofac_companies", random.sample(of_companies, 2000) + neighbours(companies, 2000), "Company")
write("slips_people", [(n, slips(n, k), "true") for n in random.sample(people, 400) for k in (1, 2)] + neighbours(people, 800), "Person")
write("slips_companies", [(n, slips(n, k), "true") for n in random.sample(companies, 300) for k in (1, 2)] + neighbours(companies, 600), "Company")
