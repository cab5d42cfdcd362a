package dev.tokenbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.Command.Dev;
import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Inject;
import dev.tokenbroker.cli.Command.Migrate;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Output;
import dev.tokenbroker.cli.Command.Serve;
import dev.tokenbroker.cli.Command.Token;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.cli.Command.Version;
import dev.tokenbroker.migrate.Matching;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

  private static final String CLIENT = "aaaaaaaa-0000-4000-8000-00000000000A";

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("", new Serve()),
        Arguments.of("serve", new Serve()),
        Arguments.of("serve --help", new Help(Topic.SERVE)),
        Arguments.of("inject", new Inject()),
        Arguments.of("inject --help", new Help(Topic.INJECT)),
        Arguments.of("help inject", new Help(Topic.INJECT)),
        Arguments.of("dev --help", new Help(Topic.DEV)),
        Arguments.of("help dev", new Help(Topic.DEV)),
        Arguments.of("dev", new Dev(Optional.empty(), AppClient.ALL, false)),
        Arguments.of(
            "dev --tenant Contoso.example --for python",
            new Dev(Optional.of("contoso.example"), AppClient.PYTHON, false)),
        Arguments.of("dev --emulator", new Dev(Optional.empty(), AppClient.ALL, true)),
        Arguments.of("migrate --help", new Help(Topic.MIGRATE)),
        Arguments.of("help migrate", new Help(Topic.MIGRATE)),
        Arguments.of(
            "migrate a --tenant t --force - --output=o --namespaced",
            new Migrate(
                List.of("a", "-"),
                "t",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("o"),
                Optional.of(Matching.NAMESPACED),
                false,
                true)),
        Arguments.of("help", new Help(Topic.GENERAL)),
        Arguments.of("help serve", new Help(Topic.SERVE)),
        Arguments.of("help token", new Help(Topic.TOKEN)),
        Arguments.of("help settings", new Help(Topic.SETTINGS)),
        Arguments.of("help --help", new Help(Topic.GENERAL)),
        Arguments.of("--help", new Help(Topic.GENERAL)),
        Arguments.of("-h", new Help(Topic.GENERAL)),
        Arguments.of("--version", new Version()),
        Arguments.of("token --help", new Help(Topic.TOKEN)),
        Arguments.of("token --resource r -h", new Help(Topic.TOKEN)),
        Arguments.of("token --resource r", new Token("r", Optional.empty(), Output.JSON)),
        Arguments.of("token --resource=a=b", new Token("a=b", Optional.empty(), Output.JSON)),
        Arguments.of(
            "token --output raw --client-id " + CLIENT + " --resource r",
            new Token("r", Optional.of("aaaaaaaa-0000-4000-8000-00000000000a"), Output.RAW)),
        Arguments.of(
            "token --resource r --output=env", new Token("r", Optional.empty(), Output.ENV)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandLineIsOneCommand(String line, Command command) {
    assertThat(parse(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sevre                             | GENERAL | unknown subcommand "sevre"; did you mean serve?
          tokens                            | GENERAL | unknown subcommand "tokens"; did you mean token?
          version                           | GENERAL | unknown subcommand "version"; did you mean --version?
          --hlep                            | GENERAL | unknown option "--hlep"; did you mean --help?
          frobnicate                        | GENERAL | unknown subcommand "frobnicate"
          --version now                     | GENERAL | --version stands alone: "now"
          help tokne                        | GENERAL | there is no help for "tokne"; did you mean token?
          serve --port                      | SERVE   | serve takes no arguments, its settings are environment variables: "--port"
          migrate                           | MIGRATE | migrate: a file, a folder or - is needed
          migrate a                         | MIGRATE | migrate: --tenant is needed
          migrate a --tenant                | MIGRATE | migrate: --tenant needs a value
          migrate a --tenant t --namespaced --cluster-wide | MIGRATE | migrate: give --namespaced or --cluster-wide, not both
          migrate a --tenant t --force=no   | MIGRATE | migrate: --force takes no value
          migrate a --tenant t --forc       | MIGRATE | migrate: unknown option "--forc"; did you mean --force?
          dev --tenant x y                  | DEV     | dev: unexpected argument "y"
          dev --tenant organizations        | DEV     | 'dev: --tenant must be the tenant''s id (a GUID) or one of its domains'
          dev --emulator --tenant a.example | DEV     | dev: --emulator has a tenant of its own: leave --tenant out
          dev --emulator=no                 | DEV     | dev: --emulator takes no value
          dev --for workload-identity       | DEV     | dev: --for: a laptop has no federated token to show to an authority
          inject me                         | INJECT  | inject takes no arguments, its settings are environment variables: "me"
          token                             | TOKEN   | token: --resource is needed
          token --resource                  | TOKEN   | token: --resource needs a value
          token --resource=                 | TOKEN   | token: --resource needs a value
          token --resource --output raw     | TOKEN   | token: --resource needs a value
          token --resource r --resource r   | TOKEN   | token: --resource is given twice
          token --resouce r                 | TOKEN   | token: unknown option "--resouce"; did you mean --resource?
          token r                           | TOKEN   | token: unexpected argument "r"
          token --resource r --output yaml  | TOKEN   | token: --output must be json, raw, env or odbc, not "yaml"
          token --resource r --client-id me | TOKEN   | token: --client-id must be a GUID, not "me"
          """)
  void aMistakeIsToldAndPointsToTheRightHelp(String line, Topic topic, String complaint) {
    assertThat(parse(line)).isEqualTo(new Misused(complaint, topic));
  }

  private static Command parse(String line) {
    return dev.tokenbroker.cli.Arguments.parse(
        line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }
}
