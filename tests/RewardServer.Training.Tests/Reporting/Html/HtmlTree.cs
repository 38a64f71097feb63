using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RewardServer.Training.Tests.Reporting.Html;

/// <summary>A report as a tree.</summary>
internal static class HtmlTree
{
    /// <summary>Reads it; whatever is no well-formed XML but for what HTML allows, or draws what is no number, fails.</summary>
    public static XElement Of(string html)
    {
        var page = Regex.Replace(html, "(<meta [^>]*)>", "$1/>").Replace("<!doctype html>", "", StringComparison.Ordinal).Replace("<details open>", "<details open=\"\">", StringComparison.Ordinal);
        var tree = XElement.Parse(Regex.Replace(page, "<style>.*?</style>", "", RegexOptions.Singleline), LoadOptions.PreserveWhitespace);
        Assert.DoesNotContain("NaN", string.Concat(tree.Descendants().Where(one => one.Name.LocalName is "polyline" or "circle" or "line").SelectMany(one => one.Attributes()).Select(one => one.Value)), StringComparison.Ordinal);
        return tree;
    }
}
