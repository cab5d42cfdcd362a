package dev.tokenbroker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.ExitCode;
import dev.tokenbroker.emulator.EmulatedPod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the doctor says, with a real broker and an emulated Entra. docs/doctor.md shows each case as
 * printed; {@code -Ddoctor.doc=write} writes it anew.
 */
class DoctorTest {

  private static final Path PAGE = Path.of("../..", "docs", "doctor.md");
  private static final String CASES = "## What it says\n\n";
  private static final boolean WRITING = "write".equals(System.getProperty("doctor.doc"));
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+");

  private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

  static List<DoctorCase> cases() {
    return DoctorCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachCauseIsRecognisedByNameAndShownInTheDocumentation(DoctorCase one) throws IOException {
    try (DoctorRig rig = new DoctorRig()) {
      one.wrong().accept(rig);

      DoctorRig.Visit visit = rig.visit();

      assertThat(wrong(visit.out())).as(visit.out()).containsExactlyElementsOf(one.ids());
      assertThat(visit.code())
          .isEqualTo(visit.out().contains("FAILED") ? ExitCode.FAILED : ExitCode.OK);
      assertThat(visit.out()).doesNotContainPattern(JWT);
      assertThat(visit.err()).isEmpty();
      String section = section(one.title(), rig.alike(visit.out()));
      SECTIONS.put(one.title(), section);
      if (!WRITING) {
        assertThat(Files.readString(PAGE)).contains(section.strip());
      }
    }
  }

  @Test
  void thePageShowsNoCaseThatIsNotTried() throws IOException {
    if (!WRITING) {
      assertThat(Files.readString(PAGE).split(CASES, -1)[1].lines())
          .filteredOn(line -> line.startsWith("### "))
          .containsExactlyElementsOf(cases().stream().map(one -> "### " + one.title()).toList());
    }
  }

  @Test
  void jsonHoldsTheSameFindingsOnOneLine() {
    try (DoctorRig rig = new DoctorRig()) {
      rig.pod.entra().distrust(EmulatedPod.APP.clientId());

      DoctorRig.Visit visit = rig.visit("--output", "json");

      JsonObject report = new JsonObject(visit.out());
      JsonArray findings = report.getJsonArray("findings");
      assertThat(visit.out().lines()).hasSize(1);
      assertThat(visit.code()).isEqualTo(ExitCode.FAILED);
      assertThat(report.getBoolean("healthy")).isFalse();
      assertThat(findings.stream().map(each -> ((JsonObject) each).getString("id")))
          .containsExactly(
              "configuration",
              "token-file",
              "authority",
              "no-federated-credential",
              "listener",
              "app");
      assertThat(findings.getJsonObject(3).getString("fix"))
          .contains("az identity federated-credential create")
          .contains("--subject 'system:serviceaccount:shop:checkout'");
    }
  }

  @AfterAll
  static void write() throws IOException {
    if (WRITING) {
      StringBuilder page = new StringBuilder(Files.readString(PAGE).split(CASES, -1)[0]);
      page.append(CASES);
      cases().forEach(one -> page.append(SECTIONS.getOrDefault(one.title(), "")));
      Files.writeString(PAGE, page.toString().stripTrailing() + "\n");
    }
  }

  /** The ids of what is not in order, as printed. */
  private static List<String> wrong(String out) {
    return out.lines()
        .filter(line -> line.startsWith("FAILED ") || line.startsWith("WARNING "))
        .map(line -> line.substring(8).strip().split("\\s+", 2)[0])
        .toList();
  }

  private static String section(String title, String out) {
    return "### " + title + "\n\n```\n" + out + "```\n\n";
  }
}
