using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Letters of other alphabets that look like one of the Latin alphabet (a part of Unicode Technical Standard 39's confusables).</summary>
internal static class LookAlikes
{
    private const string Other = "АВСЕНІЈКМОРЅТХУасеіјорѕхуΑΒΕΖΗΙΚΜΝΟΡΤΧΥ";
    private const string Latin = "ABCEHIJKMOPSTXYaceijopsxyABEZHIKMNOPTXY";

    private static readonly FrozenDictionary<char, char> Letters = Other.Zip(Latin).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>The text with Latin letters in their place.</summary>
    public static string Latinised(string text) => string.Concat(text.Select(letter => Letters.GetValueOrDefault(letter, letter)));
}
