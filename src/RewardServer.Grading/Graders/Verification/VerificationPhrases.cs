using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Verification;

/// <summary>What people say when they check what they have found; after <c>^</c> only where it opens a clause.</summary>
internal static class VerificationPhrases
{
    private static readonly string[] English =
    [
        "let me verify", "let me check", "let me double-check", "let me re-check", "let me recheck", "let me confirm", "let me validate", "let me test",
        "let's verify", "let's check", "let's double-check", "let's recheck", "let's confirm", "let's validate", "let's test", "let us verify", "let us check",
        "let us confirm", "we can verify", "we can check", "i can verify", "i can check", "i should verify", "i should check", "i should double-check", "^to verify",
        "^to check", "^to confirm", "to double-check", "double-check", "double-checking", "check again", "checking again", "verify again", "recheck", "re-check",
        "rechecking", "sanity check", "^check:", "^checking", "^verification:", "^verify", "^verifying", "^check that", "^check if", "^check whether", "substitute back",
        "substituting back", "substitute it back", "substitute this back", "substitute these back", "substitute them back", "plug back", "plug it back",
        "plug this back", "plug these back", "plug them back", "plugging back", "plugging it back", "plugging this back", "plugging them back",
        "does it satisfy", "does this satisfy", "does that satisfy", "does this make sense", "does that make sense", "does it hold", "does this hold",
    ];

    private static readonly string[] Chinese =
        ["验证", "驗證", "检查", "檢查", "验算", "驗算", "检验", "檢驗", "核对", "核對", "复核", "複核", "复查", "複查", "代回", "代入原", "确认一下", "確認一下"];

    private static readonly string[] German =
    [
        "überprüfen wir", "prüfen wir", "kontrollieren wir", "verifizieren wir", "lass mich prüfen", "lass mich das prüfen", "lass mich überprüfen",
        "lass mich das überprüfen", "zur probe", "^probe:", "^probe", "zur kontrolle", "zur überprüfung", "gegenprobe",
    ];

    private static readonly string[] French =
    [
        "vérifions", "revérifions", "je vérifie", "laisse-moi vérifier", "laissez-moi vérifier", "pour vérifier", "^vérification",
    ];

    private static readonly string[] Spanish =
    [
        "verifiquemos", "comprobemos", "revisemos", "vamos a verificar", "vamos a comprobar", "déjame verificar", "déjame comprobar", "para verificar",
        "para comprobar", "^verificación", "^comprobación",
    ];

    private static readonly string[] Japanese = ["検算", "検証", "確認し", "確認する", "確かめ"];

    private static readonly string[] Korean = ["검산", "검증", "확인해", "확인하", "다시 확인"];

    private static readonly string[] Russian =
    [
        "проверим", "проверяем", "проверю", "перепроверим", "убедимся", "^проверка", "для проверки",
    ];

    // What joins a check to what came before and says nothing of what is checked.
    private static readonly string[] Connecting =
    [
        "again", "also", "and", "but", "first", "hmm", "i", "it", "just", "let", "let's", "let me", "me", "more", "now", "ok", "okay", "once", "once more", "one more time",
        "quickly", "so", "that", "the", "then", "this", "to", "wait", "we", "well", "actually", "carefully", "再", "又", "一次", "一下", "一遍", "我们", "我", "来", "让",
        "我們", "來", "讓", "那么", "现在", "noch einmal", "encore", "de nuevo", "もう一度", "다시", "ещё раз", "еще раз",
    ];

    /// <summary>All of them.</summary>
    public static PhraseSet All { get; } = new([.. English, .. Chinese, .. German, .. French, .. Spanish, .. Japanese, .. Korean, .. Russian]);

    /// <summary>With what says nothing of what is checked.</summary>
    public static PhraseSet Empty { get; } =
        new([.. English, .. Chinese, .. German, .. French, .. Spanish, .. Japanese, .. Korean, .. Russian, .. Connecting]);
}
