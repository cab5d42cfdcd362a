// Unmodified JavaScript clients: client.js LIBRARY RESOURCE [KIND ID] prints its version and a token.
const [library, resource, kind, id] = process.argv.slice(2);

async function azureIdentity() {
  const { ManagedIdentityCredential } = require("@azure/identity");
  const names = { client_id: "clientId", object_id: "objectId", resource_id: "resourceId" };
  const credential = new ManagedIdentityCredential(kind ? { [names[kind]]: id } : {});
  return (await credential.getToken(resource + "/.default")).token;
}

async function byDefault() {
  const { DefaultAzureCredential } = require("@azure/identity");
  const credential = new DefaultAzureCredential(kind ? { managedIdentityClientId: id } : {});
  return (await credential.getToken(resource + "/.default")).token;
}

async function msal() {
  const { ManagedIdentityApplication } = require("@azure/msal-node");
  const names = {
    client_id: "userAssignedClientId",
    object_id: "userAssignedObjectId",
    resource_id: "userAssignedResourceId",
  };
  const application = new ManagedIdentityApplication(
    kind ? { managedIdentityIdParams: { [names[kind]]: id } } : {}
  );
  return (await application.acquireToken({ resource })).accessToken;
}

async function workloadIdentity() {
  const { WorkloadIdentityCredential } = require("@azure/identity");
  const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: true });
  return (await credential.getToken(resource + "/.default")).token;
}

const used = library === "msal" ? "@azure/msal-node" : "@azure/identity";
const manifest = require("path").join(__dirname, "node_modules", used, "package.json");
console.log("version", JSON.parse(require("fs").readFileSync(manifest)).version);
({ "azure-identity": azureIdentity, default: byDefault, msal, "workload-identity": workloadIdentity })[library]().then(
  (token) => console.log(token),
  (error) => {
    console.error(error.message);
    process.exit(1);
  }
);
