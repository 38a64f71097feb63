using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Training.Problems.Programs;

/// <summary>A program that does a few things to its argument, one after the other.</summary>
/// <param name="OnTexts">Whether its argument is a text, or else a list of numbers.</param>
/// <param name="Operations">What it does, in order.</param>
internal sealed record SmallProgram(bool OnTexts, ImmutableArray<Operation> Operations)
{
    private const string Argument = "x";

    /// <summary>The function that tests call.</summary>
    public const string Function = "f";

    /// <summary>What can be done to such an argument.</summary>
    public ImmutableArray<Operation> Known => Of(OnTexts);

    /// <summary>It in words: <c>list: sort, drop first, sum</c>.</summary>
    public string Words => $"{(OnTexts ? "text" : "list")}: {string.Join(", ", Operations.Select(operation => operation.Words))}";

    /// <summary>Its source in Python.</summary>
    public string Source => $"def {Function}({Argument}): return {Expressions.LastOrDefault(Argument)}";

    /// <summary>The expression after each thing that it does.</summary>
    public IEnumerable<string> Expressions
    {
        get
        {
            var expression = Argument;
            foreach (var operation in Operations)
            {
                expression = operation.Of(expression);
                yield return expression;
            }
        }
    }

    /// <summary>What can be done to lists, or to texts.</summary>
    public static ImmutableArray<Operation> Of(bool onTexts) => onTexts ? Operation.OnTexts : Operation.OnLists;

    /// <summary>What a program is called that is asked for in those words.</summary>
    public static SmallProgram Parse(string words)
    {
        var parts = words.Split(": ");
        var onTexts = parts[0] == "text";
        return new(onTexts, [.. parts[1].Split(", ").Select(name => Of(onTexts).First(operation => operation.Words == name))]);
    }

    /// <summary>What it returns, as JSON; null where it fails.</summary>
    public JsonElement? Run(object argument)
    {
        var value = Operations.Aggregate((object?)argument, (value, operation) => value is null ? null : operation.Apply(value));
        return value is null ? null : JsonSerializer.SerializeToElement(value, value.GetType());
    }

    /// <summary>It without one of the things that it does.</summary>
    public SmallProgram Without(int place) => this with { Operations = Operations.RemoveAt(place) };

    /// <summary>Whether it returns what another does for each of some arguments.</summary>
    public bool Agrees(SmallProgram other, IEnumerable<object> arguments) => arguments.All(argument => Text(Run(argument)) == Text(other.Run(argument)));

    private static string? Text(JsonElement? json) => json?.GetRawText();
}
