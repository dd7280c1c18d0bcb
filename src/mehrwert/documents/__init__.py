"""Ground room: a document as data, written as HTML, ODT, DOCX and PDF. Plain Python, no Django.

Importing the package loads no writer: ``documents.pdf`` brings typst only when a PDF is made.
"""
