using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Reflection;

/// <summary>
/// What people say when they doubt what they have just thought. Words that mean other things, too, must open a clause (<c>^</c>) or stand
/// alone (<c>^…$</c>): "Wait, …" but not "they wait", 等等， but not 苹果、香蕉等等.
/// </summary>
internal static class ReflectionPhrases
{
    private static readonly string[] English =
    [
        "^wait", "but wait", "oh wait", "no wait", "so wait", "hmm wait", "ok wait", "okay wait", "hm", "hmm", "hmmm", "^hold on", "^actually", "^alternatively",
        "^oops", "on second thought", "let me check", "let me re-check", "let me recheck", "let me double-check", "let me verify", "let me see if",
        "let me think again", "let me think about this again", "let me rethink", "let me reconsider", "let me re-examine", "let me reexamine", "let me re-read",
        "let me reread", "let me redo", "let me try again", "let me start over", "let me go back", "let's check", "let's double-check", "let's verify",
        "let's reconsider", "let's re-examine", "let's go back", "double-check", "check again", "verify again", "think again", "rethink", "recheck", "re-check",
        "reconsider", "reconsidering", "re-examine", "reexamine", "reevaluate", "re-evaluate", "reassess", "reanalyze", "go over the steps", "i made a mistake",
        "i made an error", "i was wrong", "my mistake", "that's not right", "that isn't right", "that can't be right", "that's wrong", "this is wrong",
        "this is not right", "that doesn't seem right", "this doesn't seem right", "that's not correct", "is that right", "is this right", "is that correct",
        "is this correct", "am i sure", "did i miss", "to be sure",
    ];

    private static readonly string[] Chinese =
    [
        "^等等", "^等一下", "^等会", "^等等等", "^且慢", "^不对$", "^不對$", "等一等", "好像不对", "好像不對", "似乎不对", "似乎不對", "哪里不对", "哪裡不對", "我错了", "我錯了", "我搞错了",
        "我搞錯了", "是不是错了", "让我检查", "讓我檢查", "让我再", "讓我再", "让我重新", "讓我重新", "让我想想", "讓我想想", "让我验证", "讓我驗證", "检查一下", "檢查一下", "再检查", "再檢查", "重新检查",
        "重新檢查", "重新考虑", "重新考慮", "重新审视", "重新審視", "再想想", "仔细想想", "仔細想想", "再仔细", "再仔細", "换个思路", "換個思路", "验证一下", "驗證一下", "验算一下", "驗算一下",
    ];

    private static readonly string[] German =
    [
        "^warte", "^warten sie", "^moment$", "moment mal", "^einen moment", "lass mich prüfen", "lass mich das prüfen", "lass mich überprüfen",
        "lass mich das überprüfen", "lass mich nachdenken", "lass uns überprüfen", "überprüfen wir", "noch einmal prüfen", "noch einmal überprüfen",
        "nochmal prüfen", "nochmal überprüfen", "das stimmt nicht", "das kann nicht stimmen", "das ist falsch", "stimmt das", "ich habe mich geirrt",
        "ich habe einen fehler gemacht",
    ];

    private static readonly string[] French =
    [
        "^attends", "^attendez", "^un instant", "vérifions", "revérifions", "laisse-moi vérifier", "laissez-moi vérifier", "je vérifie", "ce n'est pas correct",
        "ce n'est pas juste", "c'est faux", "j'ai fait une erreur", "je me suis trompé", "à la réflexion", "reprenons", "réfléchissons",
    ];

    private static readonly string[] Spanish =
    [
        "^espera", "^un momento", "déjame verificar", "déjame comprobar", "déjame revisar", "vamos a verificar", "vamos a comprobar", "verifiquemos",
        "comprobemos", "revisemos", "cometí un error", "me equivoqué", "eso no es correcto", "eso no está bien", "pensándolo bien",
    ];

    private static readonly string[] Japanese =
    [
        "ちょっと待って", "^待って$", "^待てよ", "確認しよう", "確認してみ", "もう一度確認", "もう一度考え", "考え直", "見直", "間違えた", "間違っている", "何かおかしい",
    ];

    private static readonly string[] Korean =
    [
        "^잠깐", "^잠깐만", "^잠시만", "다시 확인", "다시 생각", "다시 검토", "다시 계산", "확인해 보자", "확인해보자", "틀렸", "실수했",
    ];

    private static readonly string[] Russian =
    [
        "^подожди", "^подождите", "^погоди", "^погодите", "^стоп", "^хм", "давайте проверим", "давай проверим", "проверим ещё раз", "проверим еще раз",
        "ещё раз проверим", "еще раз проверим", "перепроверим", "это неверно", "это неправильно", "что-то не так", "я ошибся", "я ошиблась", "пересмотрим",
    ];

    /// <summary>All of them.</summary>
    public static PhraseSet All { get; } = new([.. English, .. Chinese, .. German, .. French, .. Spanish, .. Japanese, .. Korean, .. Russian]);
}
