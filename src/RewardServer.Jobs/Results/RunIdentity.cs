using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Jobs.Results;

/// <summary>By what results were graded, so that they can be told apart and graded again.</summary>
/// <param name="Rubric">The rubric's name and version: "r1@1".</param>
/// <param name="RubricHash">SHA-256 of the rubric's definition, the first 16 hexadecimal digits.</param>
/// <param name="Engine">The version of the program that graded.</param>
public sealed record RunIdentity(string Rubric, string RubricHash, string Engine)
{
    private const int HashDigits = 16;

    /// <summary>Of this program and a rubric.</summary>
    public static RunIdentity Of(Rubric rubric) => new(
        $"{rubric.Definition.Name}@{rubric.Definition.Version}",
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rubric.Definition, ItemJson.Options)))[..HashDigits],
        Version);

    private static string Version { get; } =
        typeof(RunIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
