using System.Xml.Linq;

namespace RewardServer.Tests;

/// <summary>The layers as the design draws them: nothing points back.</summary>
public sealed class ProjectArrowsTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["RewardServer.Symbolics"] = [],
        ["RewardServer.Sandboxing"] = [],
        ["RewardServer.Grading"] = ["RewardServer.Symbolics", "RewardServer.Sandboxing"],
        ["RewardServer.Jobs"] = ["RewardServer.Grading"],
        ["RewardServer.Training"] = ["RewardServer.Grading"],
        ["RewardServer"] = ["RewardServer.Grading", "RewardServer.Jobs", "RewardServer.Training"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_the_design_lets_it(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.Contains(name, Arrows.Keys);
        Assert.Empty(References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Except(Arrows[name]));
    }

    [Fact]
    public void The_verifier_of_mathematics_needs_no_package() =>
        Assert.Empty(References(Path.Combine(Repository.Root, "src/RewardServer.Symbolics/RewardServer.Symbolics.csproj"), "PackageReference"));

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_project_names_a_version_of_its_own(string project) =>
        Assert.DoesNotContain(XDocument.Load(project).Descendants("PackageReference"), package => package.Attribute("Version") is not null);

    private static IEnumerable<string> References(string project, string kind) =>
        // What is only built along, such as a program for slots, is not referred to.
        XDocument.Load(project).Descendants(kind).Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false").Select(reference => reference.Attribute("Include")!.Value);
}
