package dev.tokenbroker.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unmodified Java clients, each in a process of its own, told of the broker by variables alone. */
class JavaClientsIT {

  private static final String VAULT = "https://vault.azure.net";

  private static EmulatedPod pod;
  private static BrokerProcess broker;

  /** How the app is told. */
  enum Reach {
    POD_IDENTITY_HOST {
      @Override
      Map<String, String> variables(String url) {
        return Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url);
      }
    },
    POD_IDENTITY_HOST_WITH_SLASH {
      @Override
      Map<String, String> variables(String url) {
        return Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url + "/");
      }
    },
    APP_SERVICE {
      @Override
      Map<String, String> variables(String url) {
        return Map.of("IDENTITY_ENDPOINT", url + "/msi/token", "IDENTITY_HEADER", "any");
      }
    };

    abstract Map<String, String> variables(String url);
  }

  @BeforeAll
  static void start() {
    pod = new EmulatedPod();
    broker = BrokerProcess.serve(BrokerProcess.thisJava(), pod.environment());
  }

  @AfterAll
  static void stop() {
    broker.close();
    pod.close();
  }

  @ParameterizedTest
  @EnumSource(Reach.class)
  void azureIdentityGetsATokenOfTheDefaultIdentity(Reach reach) throws Exception {
    JWTClaimsSet claims = run(AzureIdentityApp.class, reach, VAULT);

    assertThat(claims.getAudience()).containsExactly(VAULT);
    assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
  }

  @ParameterizedTest
  @EnumSource(Reach.class)
  void azureIdentityGetsATokenByClientId(Reach reach) throws Exception {
    JWTClaimsSet claims =
        run(AzureIdentityApp.class, reach, VAULT, "client_id", EmulatedPod.REPORTS.clientId());

    assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.REPORTS.clientId());
  }

  @ParameterizedTest
  @EnumSource(Reach.class)
  void msal4jGetsATokenOfTheDefaultIdentity(Reach reach) throws Exception {
    JWTClaimsSet claims = run(MsalApp.class, reach, VAULT);

    assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
  }

  @ParameterizedTest
  @EnumSource(Reach.class)
  void msal4jGetsATokenByClientId(Reach reach) throws Exception {
    JWTClaimsSet claims =
        run(MsalApp.class, reach, VAULT, "client_id", EmulatedPod.REPORTS.clientId());

    assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.REPORTS.clientId());
  }

  private static JWTClaimsSet run(Class<?> app, Reach reach, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(BrokerProcess.thisJava().toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), app.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(reach.variables("http://127.0.0.1:" + broker.listenPort()));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the app ends").isTrue();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(out).isZero();
    String token = out.lines().reduce((first, last) -> last).orElseThrow();
    return SignedJWT.parse(token).getJWTClaimsSet();
  }
}
