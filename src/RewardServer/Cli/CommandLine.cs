using System.CommandLine;
using RewardServer.Cli.Train;
using RewardServer.Hosting;
using RewardServer.Scripting;

namespace RewardServer.Cli;

/// <summary>The command line: every verb, its flags, and their help.</summary>
public static class CommandLine
{
    /// <summary>Exit code where the arguments or the settings cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>Exit code where a file could not be read or written to its end, or the server that grades is gone.</summary>
    public const int BrokenOff = 3;

    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>The exit code: 0 done; 1 some items failed by a fault of the server, or none was scored; 2 unusable arguments or settings; 3 a file could not be read or written to its end, or a server is gone; 130 Ctrl-C.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Before anything else: such a process is to start fast, and signals are not its own.
        if (args is [ScriptWorker.Verb, var role])
        {
            ScriptWorker.Serve(role);
            return 0;
        }

        try
        {
            var parsed = Root().Parse(args);
            return parsed.Errors.Count > 0 && parsed.Action is not null
                ? Refuse(parsed.Errors.Select(error => error.Message))
                : await parsed.InvokeAsync(new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    // The server drains first; only what then still hangs is ended by force.
                    ProcessTerminationTimeout = Server.DrainTime + TimeSpan.FromSeconds(20),
                });
        }
        catch (StartException exception)
        {
            return Refuse(exception.Errors);
        }
        catch (InvalidDataException exception)
        {
            // What the configuration throws for a file that is no JSON.
            var inner = exception.InnerException?.Message ?? "";
            return Refuse([exception.Message.Contains(inner, StringComparison.Ordinal) ? exception.Message : $"{exception.Message} {inner}"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse([exception.Message]);
            return BrokenOff;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: what was under way has been ended and its processes with it.
            return 130;
        }
    }

    private static RootCommand Root()
    {
        var root = ServeCommand.Create();
        root.Subcommands.Add(GradeCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(ChatCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(HealthCommand.Create());
        return root;
    }

    private static int Refuse(IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            // Errors quote names and texts of data, which a terminal must not obey.
            Console.Error.WriteLine($"rewardserver: {TerminalText.Safe(error)}");
        }

        return Unusable;
    }
}
