using System.CommandLine;
using RewardServer.Cli.Verify;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>The verb <c>verify</c>: compares the answers of a table with their golds.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string> Csv = new("--csv")
    {
        Description = "A CSV file with the columns answer and gold; - for standard input. Other columns are kept.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Where the table goes with the columns equal, stage and reason added; - for standard output. Without it only the summary is printed.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("verify", "Compares mathematical answers with their golds: a CSV file in, a verdict for each row out.") { Csv, Output };
        command.SetAction((parsed, cancellation) => VerifyAsync(parsed.GetRequiredValue(Csv), parsed.GetValue(Output), cancellation));
        return command;
    }

    private static async Task<int> VerifyAsync(string input, string? output, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await using var table = await VerdictTable.OpenAsync(input, output);
        var counts = await table.VerifyAsync(cancellation);
        console.WriteLine(FormattableString.Invariant(
            $"{counts.Rows} rows: {counts.Equal} equal, {counts.Different} not equal, {counts.Skipped} whose gold cannot be judged against"));
        return 0;
    }
}
