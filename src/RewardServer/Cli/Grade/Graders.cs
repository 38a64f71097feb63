using RewardServer.Hosting;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Running.Remote;
using Spectre.Console;

namespace RewardServer.Cli.Grade;

/// <summary>Who grades: this process, by the settings of the server, or a server.</summary>
internal sealed class Graders : IAsyncDisposable
{
    private readonly IAsyncDisposable? local;

    private Graders(IGrading grading, IAsyncDisposable? local) => (Grading, this.local) = (grading, local);

    /// <summary>What grades.</summary>
    public IGrading Grading { get; }

    /// <summary>Starts what is needed.</summary>
    /// <exception cref="StartException">The rubric or a setting is wrong, or the server refuses.</exception>
    /// <exception cref="ServerUnavailableException">The server gives no answer.</exception>
    public static async Task<Graders> StartAsync(GradeArguments arguments, IAnsiConsole console, CancellationToken cancellation)
    {
        if (arguments.Server is { } server)
        {
            return new(await ConnectAsync(arguments, server, cancellation), null);
        }

        var graders = await LocalGraders.StartAsync(console, cancellation);
        try
        {
            var rubric = RubricArgument.Resolve(arguments.Rubric, graders.Compiler, graders.Settings.Rubrics.Folder);
            return new(new LocalGrading(rubric, graders.Grader, TimeProvider.System) { Anew = arguments.Anew }, graders);
        }
        catch
        {
            await graders.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        (Grading as IDisposable)?.Dispose();
        await (local?.DisposeAsync() ?? default);
    }

    private static async Task<ServerGrading> ConnectAsync(GradeArguments arguments, Uri server, CancellationToken cancellation)
    {
        try
        {
            return await ServerGrading.ConnectAsync(
                server, RubricArgument.ForServer(arguments.Rubric), arguments.ApiKey, arguments.Anew, TimeProvider.System, arguments.Patience, cancellation);
        }
        catch (ServerRefusedException refused)
        {
            throw new StartException([$"--server: {refused.Message}"]);
        }
    }
}
