using System.Collections.Immutable;
using RewardServer.Hosting;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>The file that <c>--problems</c> names.</summary>
internal static class ProblemFile
{
    /// <summary>Reads it; null where there is none.</summary>
    /// <exception cref="StartException">It cannot be used.</exception>
    public static Task<ProblemSet?> ReadAsync(GradeArguments arguments, CancellationToken cancellation) => ReadAsync(arguments.Problems, arguments.Map, cancellation);

    /// <summary>Reads it; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="map">Which columns stand for others.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">It cannot be used.</exception>
    public static async Task<ProblemSet?> ReadAsync(string? path, ImmutableDictionary<string, string>? map, CancellationToken cancellation)
    {
        if (path is null)
        {
            return null;
        }

        await using var file = OpenFile.Read("--problems", path);
        try
        {
            var problems = await ProblemSet.ReadAsync(RowReader.ReadAsync(file, cancellation: cancellation), map, cancellation: cancellation);
            return problems.Count > 0 ? problems : throw new StartException([$"--problems: {path} holds no problem"]);
        }
        catch (InvalidDataException exception)
        {
            throw new StartException([$"--problems: {exception.Message}"]);
        }
    }
}
