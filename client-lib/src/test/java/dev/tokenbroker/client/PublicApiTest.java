package dev.tokenbroker.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublicApiTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tokenbroker.client");

  @Test
  void thePublicApiIsThis() {
    assertThat(MAIN.stream().filter(PublicApiTest::isVisible))
        .extracting(JavaClass::getName)
        .map(name -> name.replace("dev.tokenbroker.client.", ""))
        .containsExactlyInAnyOrder(
            "TokenClient",
            "TokenClientBuilder",
            "Token",
            "TokenException",
            "TokenException$Rejected",
            "TokenException$Throttled",
            "TokenException$Unavailable",
            "BrokerCredential",
            "SqlServerTokenCallback");
  }

  @Test
  void onlyTheAdaptersKnowMoreThanTheJdk() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Credential")
        .and()
        .haveSimpleNameNotEndingWith("Callback")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "org.jspecify..", "dev.tokenbroker.client..")
        .check(MAIN);
    classes().should().resideInAPackage("dev.tokenbroker.client").check(MAIN);
  }

  @Test
  void withNothingButTheJdkOnTheClassPathThereAreTokens() throws Exception {
    URL jar = TokenClient.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    try (StubBroker broker = new StubBroker();
        URLClassLoader alone = new URLClassLoader(new URL[] {jar}, jdk)) {
      broker.answers(Reply.token("t1", Instant.now().plusSeconds(3600)));
      Class<?> builderType = alone.loadClass("dev.tokenbroker.client.TokenClientBuilder");
      Class<?> clientType = alone.loadClass("dev.tokenbroker.client.TokenClient");
      Object builder = clientType.getMethod("builder").invoke(null);
      builderType.getMethod("broker", URI.class).invoke(builder, broker.base());
      Object client = builderType.getMethod("build").invoke(builder);
      Object token = clientType.getMethod("token", String.class).invoke(client, "r");

      assertThat(token.getClass().getMethod("value").invoke(token)).isEqualTo("t1");
    }
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }
}
