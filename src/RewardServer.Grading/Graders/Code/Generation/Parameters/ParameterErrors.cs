using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>What is wrong with the types of generated tests, by the member at fault.</summary>
internal static class ParameterErrors
{
    private const int MostParameters = 32;

    // Numbers and characters of all arguments of one test together.
    private const double LargestExtent = 1_000_000;

    public static IEnumerable<(string Member, string Error)> Of(GeneratedTests generated)
    {
        if (generated.Parameters.IsDefaultOrEmpty)
        {
            yield break;
        }

        if (generated.Parameters.Length > MostParameters)
        {
            yield return ("parameters", $"must be at most {MostParameters}, but there are {generated.Parameters.Length}");
            yield break;
        }

        var extent = 0.0;
        for (var i = 0; i < generated.Parameters.Length; i++)
        {
            var (type, error) = generated.Parameters[i] is { } text ? ParameterReader.Read(text) : (null, "must not be null");

            // What a range is rises or falls with the size alone: what holds at both ends holds between them.
            error ??= type!.Errors(generated.SmallestSize).Concat(type.Errors(generated.LargestSize)).FirstOrDefault();
            extent += type?.Extent(generated.LargestSize) ?? 0;
            error ??= extent <= LargestExtent ? null : FormattableString.Invariant($"may draw more than {LargestExtent} numbers and characters at size {generated.LargestSize}, with what stands before it");
            if (error is not null)
            {
                yield return ($"parameters[{i}]", error);
                yield break;
            }
        }
    }
}
