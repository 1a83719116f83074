"""What a question about figures asks for: a cell, a change, a share, so much each."""

import re

_FIGURE = re.compile(
    r"多少|(?<![哪这那])几[个人次件名位项家份届场分起倍天]|多大|多高|占比|比例|比率|比重|百分之几|几成"
    r"|[率额量数](?:是|为|有|呢|分别|[？?]|$)|金额|数量|总数|人数|次数|得分|时长|增长|增加|下降|减少|(?<!气候)变化"
    r"|[用消耗放]量|能耗|水耗|相比|同比|差|趋势|目标|达成|合计|总共|哪一?年.{0,12}最"
    r"|男女比|构成|分布|均|达标|哪.{1,12}最[多少高低大小]"
    r"|\b(?:how (?:many|much|large|big|high|long)|sizes?|margin|average|breakdown|composition"
    r"|numbers?|amounts?|totals?|percentages?|percent|shares?|consumption|emissions|intensity|proportions?"
    r"|ratios?|rates?|scores?|figures?|spend|spent|headcount|revenue|profit|targets?|increased?"
    r"|decreased?|grow|grew|growth|(?<!climate )changed?|rise|rose|fell|trends?"
    r"|fall(?! (?:under|into|within))"
    r"|(?:go|goes|went|gone) (?:up|down)|climbed|soared|jumped|dropped|slipped"
    r"|shr[aiu]nk|dwindled?|surged?|plunged?"
    r"|compared?|hours|measured"
    r"|what (?:did|does|do) [^?]{1,80}\bearn"
    r"|what (?:(?:were|was) )?(?:the |its |their )?(?:sales|turnover|earnings|income|costs?|price"
    r"|dividends?|cash flows?|(?:total |net )?assets|liabilities|debts?|equity)"
    r"|which .+ (?:most|fewest|highest|lowest|largest|smallest))\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"谁(?![^，,。？?]{0,12}[最更])|为什么|为何|原因(?:是什么|是啥|何在|在哪|有哪些)|什么原因|是(?:因为|由于)|如何|怎么(?!样)|怎样(?=[\u4e00-\u9fff]{2})(?!变化)|(?:什么|何种)(?:样的)?(?:办法|方法|方式|手段|途径|举措)|[靠凭]什么|措施|政策|制度|什么地方|用途|哪些(?!年)|何时"
    r"|\bwhat (?:sorts?|kinds?|types?) of\b(?![^?]*\b(?:how (?:many|much)|most|more|[a-z]+est)\b)"
    r"|\b(?:who(?! [^?]*\b(?:most|more|[a-z]+est)\b)|why|what (?:made|caused|drove|explains)"
    r"|how (?:does|do|did|is|are)(?! the (?:number|amount|share|rate|ratio|total))"
    r"|polic(?:y|ies)|describe|explain|used for|when"
    r"|what (?:is|was|are|were) [^?]* for(?=\W*(?:$|and\b))"
    r"|what (?:do|does|did|has|have) [^?]{1,60}? (?:do|done))\b",
    re.IGNORECASE,
)
# "How did revenue change?" asks for figures; "how did the company grow talent?" for words.
_HOW = re.compile(
    r"\bhow (?:did|has|have)(?= [^?]*\b(?:change|grow|increase|decrease|rise|fall)"
    r"(?:n|d|ed)?(?: *[?,.]|$| (?:in|from|between|over|since|compared|during|year)))"
    r"|(?<=变化)(?:如何|怎么?样)|(?:怎么|如何)(?=变化?[的了吗？?，,。]|变化?$)",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(r"^\W*what(?:['’]?s| is| are| was| were)\b|是什么\W*$", re.IGNORECASE)
_ASKS_OTHERWISE = re.compile(
    r"什么|哪|谁|怎|如何|为何|何时|吗|是否|有没有|有无"
    r"|\b(?:who|whose|why|how|when|where|which|what|do|does|did|is|are|was|were|has|have|can"
    r"|for|mean|means|called|about|by)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"增长|增加|净增|净减|下降|减少|(?<!气候)变化|相比|同比|相差|多了|少了|[多少省]出?[来掉去]?了?(?=多少|几)|省[了下]|上升|提高|升高|降低|差额|差多少|增幅|降幅"
    r"|[上下]?[涨跌]了?|下滑|涨幅|跌幅|缩减|精简"
    r"|\b(?:increased?|decreased?|grow|grew|growth|(?<!climate )changed?|rise|rose|fall|fell"
    r"|drop(?:ped)?"
    r"|(?:go|goes|went|gone) (?:up|down)|climb(?:ed)?|soared|jump(?:ed)?|slipped"
    r"|lost (?:the )?(?:most|greatest|largest|biggest|fewest|people|staff)|difference"
    r"|shr[aiu]nk|dwindled?|surged?|plunged?"
    r"|compared?)\b",
    re.IGNORECASE,
)
# How much a figure grew, which one year alone does not tell.
_GROWTH = re.compile(
    r"同比|环比|[比较](?:上一?年|去年|前一年|上年同期|(?:19|20)\d{2}\s*年)|[增降]幅|[跟与和同]\s*(?:19|20)\d{2}\s*年\s*相?比|增长率|增速"
    r"|(?:增长|增加|净增|净减|减少|下降|上升|上?涨|下?跌|下滑|提高|降低|变化)了?(?:多少|几|百分之几)"
    r"|[涨跌]幅|(?:怎么|如何|怎样)变化?|变化(?:情况|了|是|如何|怎)"
    r"|增长(?:情况|了?吗)"
    r"|\bhow (?:much |far )?(?:did|has|have) (?:[\w&'’-]+ ){1,8}?(?<!to )"
    r"(?:(?:grow|change|increase|decrease|rise|fall|drop|climb|jump|shrink|decline|surge)(?:n|d|ed)?"
    r"|go(?:ne)? (?:up|down))\b"
    r"|\b(?:growth|change|increase|decrease|rise|drop|fall) (?:rate )?(?:in|of)\b|\bgrowth\b"
    r"|year[- ]o(?:n|ver)[- ]year|\bby (?:how much(?! did [^?]*exceed)"
    r"|how many\b(?![^?]*\b(?:outnumber|exceed))[^?,]{0,40}? did|what percentage)\b"
    r"|compared (?:with|to) (?:the )?(?:(?:19|20)\d\d|previous|prior|last|year before)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"美元|欧元|港[元币]|英镑|美金"
    r"|\bin (?:USD|EUR|GBP|HKD|(?:US |Hong Kong )?dollars|euros|pounds)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"占.{0,20}(?:比|百分|多少(?![人名家个位件次份])|几成|多大)|比例|比重|占比|百分之几|每(?:一?百|100)"
    r"|相当于.{1,20}(?:百分之|%|几成|多大比例)"
    r"|\b(?<!per )(?:share(?!d? (?:re-?purchase|buy-?back|capital|price|option|incentive|issue|plan"
    r"|scheme|certificate|register)\w*)|proportion|percentage|percent|fraction"
    r"|what (?:part|slice|portion|chunk)|(?:out )?of every (?:hundred|100))\b",
    re.IGNORECASE,
)
# "Grew by what percentage" asks for a change, not for a share.
_BY_PERCENTAGE = re.compile(
    r"(?:增长|增加|减少|下降|上升|提高|降低|涨|跌|[多少]了|[增降涨跌]幅)(?:了|为|是|有)?(?:百分之几|多少个?百分[比点])"
    r"|\bby what (?:percentage|percent)\b"
    r"|(?:\bpercent(?:age)?|%) (?:growth|increase|change|decrease|drop|rise)\b"
    r"|\bin (?:percent|percentage terms)\b|\bas a percentage(?! of)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"[占成]比|比[例率重值]|之比|(?<!增长)率|百分|%|覆盖"
    r"|\b(?<!growth )(?:share|proportion|percentages?|percent|rates?|ratio|coverage|target)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"平均每|人均|每[名人位次件场股]|每个[^，,。？?]{0,6}人|\b(?:per|average)\b", re.IGNORECASE
)
# So much for each person, which what is told of all does not give.
_FOR_EACH = re.compile(
    r"人均|(?<!按)每一?[名位个](?:员工|职工|人)|平均每[名位个]|平均(?:参加|接受|工资|薪酬|年龄)"
    r"|\b(?:per|each|every) (?:employee|person|capita|head|worker)\b|\baverage\b.{0,60}\bper\b"
    r"|\baverage (?:salary|wage|pay|age|number of .{0,30} per)\b",
    re.IGNORECASE,
)
_TELLS_EACH = re.compile(r"人均|平均|每一?[名位个人]")
_TARGET = re.compile(
    r"目标|达标|达成|完成情况|实际|\b(?:targets?|goals?|achieved?|met|actual(?:ly)?|reach(?:ed)?)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"为什么|为何|原因|是(?:因为|由于)"
    r"|\b(?:why|how come|what (?:made|caused|drove|led|explains?|(?:is|lies) behind))\b",
    re.IGNORECASE,
)
# What there is, and not what is aimed at.
_ACTUAL = re.compile(r"实际|实测|\b(?:actual(?:ly)?|measured|in (?:fact|reality))\b", re.IGNORECASE)
_FALLS = re.compile(
    r"减少|下降|降低|下滑|跌|缩减|精简|降[到至]|减[到至]"
    r"|[比较][^，,。？?]{2,12}[少低](?!于)|\b(?:(?:go|goes|went|gone) down|slipped"
    r"|fall|fell|lost (?:the )?(?:most|greatest|largest|biggest|fewest|people|staff)|decreased?"
    r"|cuts?|cutting|slash(?:ed)?|trim(?:med)?|reduc(?:e|ed|ing)"
    r"|drop(?:ped)?|declined?|shr[aiu]nk|dwindled?|plunged?|lower)\b",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"增加|增长|上升|提高|涨|[升增][到至]"
    r"|[比较][^，,。？?]{2,12}[多高](?![少于])|\b(?:(?:go|goes|went|gone) up|climb(?:ed)?|soared"
    r"|rise|rose|increased?|grow|grew|jump(?:ed)?|surged?|higher)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"最[少低小]|\b(?:fewest|rarest|lowest|least|smallest|minimum)\b", re.IGNORECASE
)
_MOST = re.compile(
    r"最(?:多|高|大|厉害|明显|快|猛|狠)|\b(?:most|commonest|highest|largest|greatest|maximum|peak)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"多少|(?<!哪)几[个人次件名位项份]|占比|百分之几|比例|金额"
    r"|\b(?:how (?:many|much|long)|what (?:percentage|share|proportion)|by what percentage)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[？?，,、；;]|以及|[和及]|\band\b")


def figure(question: str) -> bool:
    """Whether it asks for figures, and for nothing that only words can tell."""
    return _FIGURE.search(question) is not None and not _WORDS.search(_HOW.sub(" ", question))


def names_alone(question: str) -> bool:
    """Whether it only names what it wants: "What was the revenue in 2023?", 2023 年营业收入."""
    return _ASKS_OTHERWISE.search(_WHAT_IS.sub(" ", question)) is None


def change(question: str) -> bool:
    """Whether it asks how a figure changed from year to year."""
    return _CHANGE.search(question) is not None


def foreign_money(question: str) -> bool:
    """Whether it asks for an amount in another currency than the yuan."""
    return _FOREIGN.search(question) is not None


def growth(question: str) -> bool:
    """Whether it asks by how much a figure changed, which one year alone does not tell."""
    return _GROWTH.search(question) is not None


def share(question: str) -> bool:
    """Whether it asks for the share of a whole."""
    return _SHARE.search(_BY_PERCENTAGE.sub(" ", question)) is not None


def rate(question: str) -> bool:
    """Whether a percentage may be the answer."""
    return _RATE.search(_BY_PERCENTAGE.sub(" ", question)) is not None


def actual(question: str) -> bool:
    """Whether it asks for what there is, and not for what is aimed at."""
    return _ACTUAL.search(question) is not None


def each(text: str) -> bool:
    """Whether it speaks of so much for each."""
    return _EACH.search(text) is not None


def premise(question: str) -> int:
    """Return 1 or -1 where it asks why a figure rose or fell, else 0."""
    return direction(question) if _WHY.search(question) else 0


def direction(question: str) -> int:
    """Return 1 where it speaks of a rise, -1 where of a fall, 0 where of neither or both."""
    falls, rises = _FALLS.search(question), _RISES.search(question)
    return 0 if bool(falls) == bool(rises) else (-1 if falls else 1)


def why(question: str) -> bool:
    """Whether it asks for a reason."""
    return _WHY.search(question) is not None


def extreme(question: str) -> int:
    """Return 1 where it asks for the largest of several, -1 for the smallest, else 0."""
    least, most = _LEAST.search(question), _MOST.search(question)
    return 0 if bool(least) == bool(most) else (-1 if least else 1)


def several(question: str) -> bool:
    """Whether it asks for more than one quantity."""
    return sum(1 for part in _PARTS.split(question) if _QUANTITY.search(part)) > 1


def for_each(text: str) -> str:
    """Return the words by which it speaks of so much for each person, "" where it does not."""
    match = _FOR_EACH.search(text)
    return match[0] if match else ""


def tells_each(text: str) -> bool:
    """Whether a text of the report tells what there is for each, or on average."""
    return _TELLS_EACH.search(text) is not None


def first_quantity(question: str) -> str:
    """Return the first part of a question that asks for a quantity: "how many", of "how many, and
    what share?"; "" where none does.
    """
    return next((part for part in _PARTS.split(question) if _QUANTITY.search(part)), "")


def spread(question: str) -> bool:
    """Whether it asks for the largest and the smallest, or how far these are apart."""
    return bool(_LEAST.search(question) and _MOST.search(question))


def target(question: str) -> bool:
    """Whether it compares a result with its target."""
    return _TARGET.search(question) is not None
