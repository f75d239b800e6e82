#!/usr/bin/env python3
"""Writes every name of the OFAC list beside the same name in another form, a file for each form (docs/names.md).

    tools/names/make_form_pairs.py DIR OUT && for f in OUT/*.csv; do build/tideline names bench $f; done

All pairs are the same; what is missed shows a form that is not understood. People: order, comma, capitals, initials,
middle names left out, hyphens. Companies: legal forms changed, left out and put in front, punctuation, and, the, group.
"""
import csv, os, re, sys

DIR, OUT = sys.argv[1], sys.argv[2]
FORMS = {r"\bCOMPANY LIMITED$": "CO LTD", r"\bCO\., LTD\.?$": "COMPANY LIMITED", r"\bLIMITED$": "LTD", r"\bLTD\.?$": "LIMITED",
         r"\bLIMITED LIABILITY COMPANY$": "LLC", r"\bLLC$": "LIMITED LIABILITY COMPANY", r"\bLTDA\.$": "LIMITADA",
         r"\bGMBH$": "GESELLSCHAFT MIT BESCHRAENKTER HAFTUNG", r"\bS\.A\. DE C\.V\.$": "SA DE CV", r"\bS\.A\.$": "SOCIEDAD ANONIMA",
         r"\bCORPORATION$": "CORP", r"\bINC\.?$": "INCORPORATED", r"\bFZE$": "FREE ZONE ESTABLISHMENT", r"\bOOO$": "LLC", r"\bOAO$": "OJSC",
         r"\bZAO$": "CJSC", r"\bS\.R\.L\.$": "SRL", r"\bPLC$": "PUBLIC LIMITED COMPANY"}
found = {}


def add(form, schema, name, other):
    if name != other and other.strip():
        found.setdefault((form, schema), []).append((name, other))


def person(name):
    family, given = (part.strip() for part in name.split(","))
    names = given.split()
    initials = " ".join(one[0] + "." for one in names)
    forms = {"given_family": f"{given} {family}", "family_given": f"{family} {given}", "lower": name.lower(),
             "upper": f"{given} {family}".upper(), "without_hyphens": name.replace("-", " ").replace("'", ""),
             "run_together": name.replace("-", "").replace("'", ""), "initials_family": f"{initials} {family}",
             "family_initials": f"{family} {initials}"}
    if len(names) > 1:
        forms["first_family"] = f"{names[0]} {family}"
        forms["family_first"] = f"{family} {names[0]}"
        forms["first_initials_family"] = f"{names[0]} {initials[3:]} {family}"
    if len(family.split()) > 1:
        forms["first_of_two_families"] = f"{family.split()[0]}, {given}"
    for form, other in forms.items():
        add("person_" + form, "Person", name, other)
    add("person_capitals", "Person", f"{given} {family}", f"{family.upper()} {given}")


def company(name):
    words = name.split()
    forms = {"lower": name.lower(), "title": name.title(), "without_points": re.sub(r"[.,'\"()/-]", " ", name), "and": name.replace(" & ", " AND "),
             "ampersand": name.replace(" AND ", " & "), "quoted": f'"{name}"', "the": "THE " + name}
    if "GROUP" not in name:
        forms["group"] = name + " GROUP"
    if len(words) >= 3:
        forms["run_together"] = words[0] + " ".join(words[1:])
    for written, other in FORMS.items():
        if re.search(written, name):
            rest = re.sub(r",?\s*" + written, "", name)
            forms.update(form_changed=re.sub(written, other, name), form_left_out=rest, form_in_front=re.search(written, name)[0] + " " + rest)
            break
    for form, other in forms.items():
        add("company_" + form, "Company", name, other)


for row in csv.reader(open(os.path.join(DIR, "watchman/sdn.csv"), encoding="utf-8", errors="replace")):
    if len(row) > 2 and row[2].strip() == "individual" and row[1].count(",") == 1:
        if not re.search(r"Dr\.|Haji|Mullah|Sheikh|Shaykh|Jr|Sr|Hafiz|Mufti|Qari", row[1]):
            person(row[1].strip())
    elif len(row) > 2 and row[2].strip() == "-0-":
        company(row[1].strip())
for (form, schema), pairs in sorted(found.items()):
    with open(os.path.join(OUT, form + ".csv"), "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f)
        out.writerow(["schema", "name1", "name2", "is_match"])
        out.writerows([schema, a, b, "true"] for a, b in dict.fromkeys(pairs))
