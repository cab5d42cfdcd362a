"""Unmodified SQL Server drivers: client.py MODULE RESOURCE [KIND ID] logs in at SQL_PORT, where the token is read."""

import glob
import importlib
import os
import sys
from importlib.metadata import version

module = sys.argv[1]
identity = {"UID": sys.argv[4]} if len(sys.argv) > 4 else {}
driver, distribution = {}, "mssql-python"
if module == "pyodbc":
    # The driver that mssql-python-odbc carries, through pyodbc and unixODBC.
    libraries = "lib/python3*/site-packages/mssql_python_odbc/libs/linux/debian_ubuntu/*/lib/libmsodbcsql*"
    driver, distribution = {"Driver": glob.glob(os.path.join(sys.prefix, libraries))[0]}, "mssql-python-odbc"
print("version", version(distribution), flush=True)

settings = {
    "Server": "tcp:127.0.0.1," + os.environ["SQL_PORT"],
    "Database": "any",
    "Encrypt": "yes",
    "TrustServerCertificate": "yes",
    "Authentication": "ActiveDirectoryMSI",
    **identity,
    **driver,
}
patience = {"timeout": 8} if module == "pyodbc" else {}
importlib.import_module(module).connect(";".join(name + "=" + value for name, value in settings.items()), **patience)
