// Unmodified Go clients: client LIBRARY RESOURCE [KIND ID] prints its version and a token.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/go-autorest/autorest/adal"
)

func main() {
	library, resource := os.Args[1], os.Args[2]
	kind, id := "", ""
	if len(os.Args) > 4 {
		kind, id = os.Args[3], os.Args[4]
	}
	ask := map[string]func(string, string, string) (string, error){
		"azidentity": byAzidentity, "default": byDefault, "adal": byAdal,
		"workload-identity": byWorkloadIdentity,
	}[library]
	fmt.Println("version", version(library))
	token, err := ask(resource, kind, id)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(token)
}

func version(library string) string {
	suffix := "/azidentity"
	if library == "adal" {
		suffix = "/adal"
	}
	build, _ := debug.ReadBuildInfo()
	for _, module := range build.Deps {
		if strings.HasSuffix(module.Path, suffix) {
			return strings.TrimPrefix(module.Version, "v")
		}
	}
	return ""
}

func byAzidentity(resource, kind, id string) (string, error) {
	options := &azidentity.ManagedIdentityCredentialOptions{}
	switch kind {
	case "client_id":
		options.ID = azidentity.ClientID(id)
	case "object_id":
		options.ID = azidentity.ObjectID(id)
	case "resource_id":
		options.ID = azidentity.ResourceID(id)
	}
	credential, err := azidentity.NewManagedIdentityCredential(options)
	if err != nil {
		return "", err
	}
	token, err := credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{resource + "/.default"}})
	return token.Token, err
}

func byDefault(resource, kind, id string) (string, error) {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return "", err
	}
	token, err := credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{resource + "/.default"}})
	return token.Token, err
}

func byWorkloadIdentity(resource, kind, id string) (string, error) {
	options := &azidentity.WorkloadIdentityCredentialOptions{DisableInstanceDiscovery: true}
	credential, err := azidentity.NewWorkloadIdentityCredential(options)
	if err != nil {
		return "", err
	}
	token, err := credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{resource + "/.default"}})
	return token.Token, err
}

func byAdal(resource, kind, id string) (string, error) {
	options := &adal.ManagedIdentityOptions{}
	switch kind {
	case "client_id":
		options.ClientID = id
	case "resource_id":
		options.IdentityResourceID = id
	}
	token, err := adal.NewServicePrincipalTokenFromManagedIdentity(resource, options)
	if err != nil {
		return "", err
	}
	if err := token.EnsureFresh(); err != nil {
		return "", err
	}
	return token.OAuthToken(), nil
}
