"""Unmodified Python clients: client.py LIBRARY RESOURCE [KIND ID] prints its version and a token."""

import sys
from importlib.metadata import version

library, resource = sys.argv[1:3]
kind, identifier = sys.argv[3:5] if len(sys.argv) > 4 else (None, None)


def azure_identity():
    from azure.identity import ManagedIdentityCredential

    if kind is None:
        credential = ManagedIdentityCredential()
    elif kind == "client_id":
        credential = ManagedIdentityCredential(client_id=identifier)
    else:
        credential = ManagedIdentityCredential(identity_config={kind: identifier})
    return credential.get_token(resource + "/.default").token


def default():
    from azure.identity import DefaultAzureCredential

    options = {"managed_identity_client_id": identifier} if kind else {}
    return DefaultAzureCredential(**options).get_token(resource + "/.default").token


def msal():
    import msal
    import requests

    identity = (
        msal.UserAssignedManagedIdentity(**{kind: identifier}) if kind else msal.SystemAssignedManagedIdentity()
    )
    client = msal.ManagedIdentityClient(identity, http_client=requests.Session())
    answer = client.acquire_token_for_client(resource=resource)
    if "access_token" not in answer:
        sys.exit(str(answer))
    return answer["access_token"]


def workload_identity():
    from azure.identity import WorkloadIdentityCredential

    credential = WorkloadIdentityCredential(disable_instance_discovery=True)
    return credential.get_token(resource + "/.default").token


libraries = {
    "azure-identity": azure_identity,
    "default": default,
    "msal": msal,
    "workload-identity": workload_identity,
}
print("version", version("msal" if library == "msal" else "azure-identity"), flush=True)
print(libraries[library]())
