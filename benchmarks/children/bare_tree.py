"""The floor of a large document: it is decoded, and its operations are rows of a bare QTreeView with Qt's own filter.

Arguments: the document, and what is typed into the filter. Says `listed` and `filtered`, in milliseconds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTreeView

from benchmarks.children.talk import say

application = QApplication(sys.argv[:1])
filtered = QSortFilterProxyModel()
filtered.setRecursiveFilteringEnabled(True)
tree = QTreeView()
tree.setUniformRowHeights(True)
tree.setModel(filtered)
tree.resize(270, 800)
tree.show()
application.processEvents()
content = Path(sys.argv[1]).read_bytes()

began = time.perf_counter_ns()
document = json.loads(content)
model = QStandardItemModel()
groups: dict[str, QStandardItem] = {}
for path, item in document["paths"].items():
    for method, operation in item.items():
        tag = operation["tags"][0]
        if tag not in groups:
            groups[tag] = QStandardItem(tag)
            model.appendRow(groups[tag])
        groups[tag].appendRow(QStandardItem(f"{method.upper()} {path}"))
filtered.setSourceModel(model)
application.processEvents()
listed = (time.perf_counter_ns() - began) / 1e6

took: list[float] = []
for length in range(1, len(sys.argv[2]) + 1):
    began = time.perf_counter_ns()
    filtered.setFilterFixedString(sys.argv[2][:length])
    tree.expandAll()
    application.processEvents()
    took.append((time.perf_counter_ns() - began) / 1e6)

say(listed=listed, filtered=took)
