package dev.tokenbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

class CommandTreeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve                                | serve  | {}
          inject                               | inject | {}
          dev                                  | dev    | {--emulator=false, --for=all}
          dev --tenant Contoso.example --for python | dev | {--emulator=false, --for=python, --tenant=contoso.example}
          dev --emulator                       | dev    | {--emulator=true, --for=all}
          migrate a --tenant t --force - --output=o --namespaced | migrate | {--cluster-wide=false, --drop-binding-label=false, --force=true, --namespaced=true, --output=o, --tenant=t, PATH=[a, -]}
          token --resource r                   | token  | {--output=json, --resource=r}
          token --resource=a=b                 | token  | {--output=json, --resource=a=b}
          token --output raw --client-id aaaaaaaa-0000-4000-8000-00000000000A --resource r | token | {--client-id=aaaaaaaa-0000-4000-8000-00000000000a, --output=raw, --resource=r}
          token --resource r --output=env      | token  | {--output=env, --resource=r}
          token --resource r --output=ENV      | token  | {--output=env, --resource=r}
          env --for az-federated               | env    | {--for=az-federated, --output=shell, --pair=identity}
          """)
  void aCommandLineIsOneCommand(String line, String name, String options) {
    ParseResult command = new TestProgram().tree().parse(words(line)).subcommand();

    assertThat(command.commandSpec().name()).isEqualTo(name);
    assertThat(values(command)).hasToString(options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --help            | serve
          inject --help           | inject
          dev --help              | dev
          migrate --help          | migrate
          token --help            | token
          token --resource r -h   | token
          help --help             | help
          --help                  | ''
          -h                      | ''
          help                    | ''
          """)
  void helpIsPrintedWhateverElseIsThere(String line, String topic) {
    assertThat(new TestProgram().out(line.split(" "))).isEqualTo(TestProgram.help(topic));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sevre                             | ''      | unknown subcommand "sevre"; did you mean serve?
          tokens                            | ''      | unknown subcommand "tokens"; did you mean token?
          version                           | ''      | unknown subcommand "version"; did you mean --version?
          --hlep                            | ''      | unknown option "--hlep"; did you mean --help?
          frobnicate                        | ''      | unknown subcommand "frobnicate"
          --version now                     | ''      | unknown subcommand "now"
          --                                | ''      | a subcommand is needed
          help tokne                        | help    | help: there is no help for "tokne"; did you mean token?
          serve --port                      | serve   | serve takes no arguments, its settings are environment variables: "--port"
          migrate                           | migrate | migrate: a file, a folder or - is needed
          migrate a                         | migrate | migrate: --tenant is needed
          migrate a --tenant                | migrate | 'migrate: missing required parameter for option ''--tenant'' (T)'
          migrate a --tenant t --namespaced --cluster-wide | migrate | migrate: give --namespaced or --cluster-wide, not both
          migrate a --tenant t --force=no   | migrate | 'migrate: invalid value for option ''--force'': ''no'' is not a boolean'
          migrate a --tenant t --forc       | migrate | migrate: unknown option "--forc"; did you mean --force?
          dev --tenant x.example y          | dev     | dev: unexpected argument "y"
          dev --tenant organizations        | dev     | 'dev: invalid value for option ''--tenant'': must be the tenant''s id (a GUID) or one of its domains'
          dev --emulator --tenant a.example | dev     | dev: --emulator has a tenant of its own: leave --tenant out
          dev --emulator=no                 | dev     | 'dev: invalid value for option ''--emulator'': ''no'' is not a boolean'
          dev --for workload-identity       | dev     | dev: --for: a laptop has no federated token to show to an authority
          inject me                         | inject  | inject takes no arguments, its settings are environment variables: "me"
          completion me                     | completion | completion: unexpected argument "me"
          token                             | token   | token: --resource is needed
          token --resource                  | token   | 'token: missing required parameter for option ''--resource'' (R)'
          token --resource=                 | token   | token: --resource needs a value
          token --resource --output raw     | token   | 'token: expected parameter for option ''--resource'' but found ''--output'''
          token --resource r --resource r   | token   | 'token: option ''--resource'' (R) should be specified only once'
          token --resouce r                 | token   | token: unknown option "--resouce"; did you mean --resource?
          token --resource r --outptu=raw   | token   | token: unknown option "--outptu"; did you mean --output?
          token r                           | token   | token: unexpected argument "r"
          token --resource r --output yaml  | token   | token: --output must be json, raw, env or odbc, not "yaml"
          token --resource r --client-id me | token   | 'token: invalid value for option ''--client-id'': must be a GUID, not "me"'
          """)
  void aMistakeIsToldAndPointsToTheRightHelp(String line, String topic, String complaint) {
    TestProgram program = new TestProgram();

    assertThat(program.tree().run(words(line))).contains(ExitCode.USAGE);

    assertThat(program.err()).isEqualTo(complaint + "\n\n" + TestProgram.help(topic));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "@/etc/hostname"})
  void noFileIsReadForArguments(String argument) {
    ParameterException e =
        catchThrowableOfType(
            ParameterException.class,
            () -> new TestProgram().tree().parse(List.of("token", argument)));

    assertThat(CommandTree.complaint(e))
        .isEqualTo("token: unexpected argument \"" + argument + '"');
  }

  @Test
  void completionKnowsSubcommandsOptionsAndValues() throws Exception {
    String script = new TestProgram().out("completion");
    String command =
        script
            + """

            COMP_WORDS=(token-broker token --output ''); COMP_CWORD=3
            COMP_LINE='token-broker token --output '; COMP_POINT=${#COMP_LINE}
            _complete_token-broker token-broker '' --output
            echo "${COMPREPLY[*]}"
            COMP_WORDS=(token-broker do); COMP_CWORD=1
            COMP_LINE='token-broker do'; COMP_POINT=${#COMP_LINE}
            _complete_token-broker token-broker do token-broker
            echo "${COMPREPLY[*]}"
            """;

    Process bash = new ProcessBuilder("bash", "-c", command).start();

    assertThat(new String(bash.getInputStream().readAllBytes()).lines().map(String::strip))
        .containsExactly("json raw env odbc", "doctor");
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static Map<String, String> values(ParseResult command) {
    Map<String, String> values = new TreeMap<>();
    for (ArgSpec argument : command.commandSpec().args()) {
      Object value = argument.getValue();
      if (!argument.hidden() && value != null && !value.toString().equals("Optional.empty")) {
        String name =
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        values.put(name, value.toString().replaceAll("^Optional\\[(.*)]$", "$1"));
      }
    }
    return values;
  }
}
