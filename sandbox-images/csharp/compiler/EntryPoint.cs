using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RewardServer.CSharpCompiler;

/// <summary>
/// Where a program of several files begins. A <c>Main</c> of the first one is its entry point, whatever the others have: other
/// methods <c>Main</c> do not count, and top-level statements, which the language makes the entry point, begin with a call of it.
/// </summary>
internal static class EntryPoint
{
    /// <summary>The compilation with the files.</summary>
    public static CSharpCompilation InFirst(CSharpCompilation empty, IReadOnlyList<SyntaxTree> trees)
    {
        if (trees.Count < 2 || MainOf(trees[0]) is not { } type)
        {
            return empty.AddSyntaxTrees(trees);
        }

        var others = trees.Skip(1).ToList();
        var index = others.FindIndex(tree => FirstStatement(tree) is not null);
        if (index < 0)
        {
            return empty.AddSyntaxTrees(trees).WithOptions(empty.Options.WithMainTypeName(type));
        }

        others[index] = BeginWith(others[index], SyntaxFactory.ParseStatement($"global::{type}.Main();"));
        return empty.AddSyntaxTrees(others.Prepend(trees[0]));
    }

    private static string? MainOf(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(node => node is not MemberDeclarationSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<MethodDeclarationSyntax>()
            .Where(method => method is { Identifier.ValueText: "Main", ParameterList.Parameters.Count: 0, Parent: TypeDeclarationSyntax } && method.Modifiers.Any(SyntaxKind.StaticKeyword))
            .Select(method => string.Join('.', method.Ancestors().Reverse().Select(NameOf).OfType<string>()))
            .FirstOrDefault();

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        TypeDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    private static GlobalStatementSyntax? FirstStatement(SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().FirstOrDefault();

    // In front of the first one on its line, so that the numbers of lines stay.
    private static SyntaxTree BeginWith(SyntaxTree tree, StatementSyntax statement)
    {
        var root = tree.GetCompilationUnitRoot();
        var first = FirstStatement(tree)!;
        var call = SyntaxFactory.GlobalStatement(statement).WithLeadingTrivia(first.GetLeadingTrivia());
        var members = root.Members.Replace(first, first.WithoutLeadingTrivia());
        return tree.WithRootAndOptions(root.WithMembers(members.Insert(root.Members.IndexOf(first), call)), tree.Options);
    }
}
