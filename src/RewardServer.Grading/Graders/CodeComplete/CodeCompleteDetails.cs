using System.Text.Json.Serialization;
using RewardServer.Grading.Graders.Code.Parsing;

namespace RewardServer.Grading.Graders.CodeComplete;

/// <summary>What a person needs to see why a program counts as whole or not.</summary>
/// <param name="Complete">What its text is.</param>
/// <param name="SyntaxError">What is wrong with it; absent where nothing is.</param>
public sealed record CodeCompleteDetails(
    Completeness Complete, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SyntaxError);
