"""How is it taken away? One file of HTML, a PDF, and an Excel workbook, each whole or not there."""
