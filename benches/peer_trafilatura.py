#!/usr/bin/env python3
"""What trafilatura makes of pages: benches/peer_trafilatura.py PAGES.jsonl.zst OUT.jsonl, for `bodycopy eval --predictions OUT`.

Needs `pip install trafilatura` and the program `zstd`. Pages are records with id, url and html.
"""
import json
import subprocess
import sys

from trafilatura import extract
from trafilatura.metadata import extract_metadata

pages = subprocess.run(["zstd", "-dcq", "--long=27", sys.argv[1]], check=True, stdout=subprocess.PIPE).stdout
with open(sys.argv[2], "w") as out:
    for line in pages.splitlines():
        page = json.loads(line)
        html, url = page.get("html") or "", page.get("url")
        record = {"id": page["id"], "text": ""}
        try:
            record["text"] = extract(html, url=url, include_comments=False, include_tables=True, deduplicate=False) or ""
            found = extract_metadata(html, default_url=url)
            record |= {"headline": found.title, "byline": found.author, "date": found.date}
        except Exception as error:  # a page it cannot do counts as empty
            print(f"{page['id']}: {type(error).__name__}", file=sys.stderr)
        out.write(json.dumps(record) + "\n")
