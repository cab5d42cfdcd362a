package dev.tokenbroker.migrate;

/**
 * An AzureIdentityBinding: pods whose label {@code aadpodidbinding} has the selector as its value
 * may use the identity of that name in the binding's namespace.
 */
record AzureIdentityBinding(String namespace, String name, String identity, String selector) {

  static AzureIdentityBinding of(Manifest manifest) {
    YamlMap spec = manifest.spec();
    return new AzureIdentityBinding(
        manifest.namespace(),
        manifest.name(),
        spec.textOfAnyCase("azureIdentity").orElse(""),
        spec.textOfAnyCase("selector").orElse(""));
  }

  String identityKey() {
    return namespace + "/" + identity;
  }
}
