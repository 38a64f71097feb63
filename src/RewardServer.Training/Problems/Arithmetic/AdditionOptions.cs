using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>Options of the kind "addition".</summary>
public sealed record AdditionOptions : IProblemOptions
{
    /// <summary>Digits of both operands: 1 to 3.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>The manners of its texts.</summary>
    public Mixture Texts { get; init; } = new();

    /// <summary>The languages that sums are asked and thought about in, in words; null for signs alone.</summary>
    public Languages? Languages { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors() =>
        Texts.Errors().Select(error => ($"texts.{error.Member}", error.Error))
            .Concat(Digits is >= 1 and <= 3 ? [] : [("digits", $"must be from 1 to 3, but is {Digits}")])
            .Concat((Languages?.Errors() ?? []).Select(error => ($"languages.{error.Member}", error.Error)));
}
