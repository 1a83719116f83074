"""What people write to an assistant that no report answers: greetings, orders, advice, weather."""

import re

_CLAUSE = re.compile(r"(?<=[。！!？?；;，,\n])\s*|(?<=[a-z]\.)\s+|\s+(?=and (?!.*\band\b))")
_ASKS = re.compile(
    r"[？?吗呢谁哪]|什么|多少|几|如何|怎|是否"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did)\b",
    re.IGNORECASE,
)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"[\s,，]*(?:{pattern})[\s,，。.!！~?？]*", re.IGNORECASE)


# A clause that is nothing but ...
_GREETING = _whole(
    r"(?:你|您|大家)好[呀啊哦吗]?|嗨|哈[喽罗啰]|早(?:上好|安)?[呀啊]?|[上中下]午好[呀啊]?|晚[上安]好?[呀啊]?"
    r"|在吗|(?:hi|hello|hey|greetings)(?: (?:there|all|everyone))?"
    r"|good (?:morning|afternoon|evening|day)"
)
_THANKS = _whole(
    r"(?:非常|十分|多|太)?(?:感?谢{1,2}|多谢)(?:你|您|了|啦|大家|你的帮助|您的帮助)*|辛苦了?|再见|拜拜|回见"
    r"|好的?|嗯+|明白了?|知道了|(?:(?:many )?thanks|thank you|thx|cheers)"
    r"(?: (?:a lot|so much|very much|again|for .{1,40}))?"
    r"|(?:good)?\s?bye(?: bye)?|see you(?: later)?|good night|ok(?:ay)?|got it|great|i see"
)
_ABOUT = _whole(
    r"(?:请问)?你(?:到底)?是(?:谁|什么(?:东西|模型|ai)?|人吗|机器人吗?|ai吗?)|你叫(?:什么|啥)(?:名字)?"
    r"|你(?:能|会|可以)(?:做|干|帮.{0,4})?(?:些)?(?:什么|啥|哪些事.{0,3})|你有(?:什么|哪些)(?:功能|用)"
    r"|(?:怎么|如何)(?:使?用)(?:你|这个)?|(?:请)?(?:自我)?介绍一?下?你?自己|帮助|使用说明"
    r"|(?:我)?(?:能|可以)问(?:你)?(?:什么|哪些)(?:问题)?"
    r"|who (?:are|made|built|created|trained) you|what are you|what(?:'s|’s| is) your name"
    r"|what (?:can|could|do) (?:you|i) (?:do|ask|help)(?: .{0,30})?"
    r"|how (?:do|can|does) (?:i|you|this) (?:use|help|work)(?: .{0,20})?|help(?: me)?"
    r"|(?:please )?introduce yourself|are you (?:a |an )?(?:ro)?(?:bot|human|ai|chatgpt)"
)
_RUDE = _whole(
    r"(?:你|您).{0,6}(?:笨|傻|蠢|白痴|垃圾|废物|没用|弱智|混蛋|滚).{0,6}|滚(?:开|蛋)?|去死.{0,2}"
    r"|(?:you|you're|you’re|this (?:bot|thing|assistant)).{0,20}"
    r"\b(?:idiot|stupid|moron|dumb|useless|suck|sucks|fool|garbage|trash)\b.{0,20}"
    r"|(?:shut up|fuck|go to hell|idiot|stupid).{0,20}"
)
# A clause that gives the assistant orders about itself.
_ORDER = re.compile(
    r"(?:忽略|无视|忘[记掉]|不要理会|抛开|绕过|不用管).{0,14}(?:指示|指令|规则|提示|限制|要求|设定|说明)"
    r"|(?:系统|你的|内部|初始).{0,3}(?:提示词?|指令|设定|prompt)|提示词|从现在(?:开始|起)|假装|扮演"
    r"|你(?:现在|将)?是一[只个名位条]|(?:重复|复述|输出|打印|原样).{0,10}(?:上面|以上|提示|指令|原样)"
    r"|开发者模式|越狱|^(?:请|你)?(?:直接|只|必须)(?:回答|说|回复)"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}"
    r"\b(?:instructions?|rules?|prompts?|above|previous|everything|guidelines|restrictions)\b"
    r"|\b(?:system|hidden|initial|secret|your) (?:prompt|message|instructions?)\b"
    r"|\b(?:repeat|print|reveal|output|show)\b.{0,30}\b(?:above|prompt|instructions|verbatim)\b"
    r"|\b(?:pretend|act as|role-?play|from now on|developer mode|jailbreak)\b|\byou are now\b"
    r"|^(?:and )?(?:just |only |simply )?(?:say|reply|answer) (?!it\b|in\b)",
    re.IGNORECASE,
)
# Anywhere in a question: what asks for a view of the future, for the present, or for other work.
_ASIDES = {
    "now": re.compile(
        r"(?:今天|明天|后天|昨天|现在|当前|目前|今日|本周|最新|实时).{0,10}"
        r"(?:天气|气温|下[雨雪]|股价|市值|新闻|几[号点]|日期|星期|周几|汇率|多少度)"
        r"|天气(?:预报|怎么?样|如何|好)|会下[雨雪]|现在几点|星期几|(?:股价|市值)(?:现在|目前|是多少|多少)"
        r"|\bweather\b.{0,40}\b(?:forecast|today|tomorrow|now|this week)"
        r"|^(?:what|how)(?:'s| is) the weather|\bwill it (?:rain|snow)|\bwhat (?:day|time|date)"
        r" is it\b|today's (?:date|news)|\b(?:current|latest|today's) (?:share|stock) price"
        r"|(?:share|stock) price\b.{0,20}\b(?:now|today|currently)",
        re.IGNORECASE,
    ),
    "forecast": re.compile(
        r"(?:股价|股票|市值).{0,12}(?:[会能].{0,4}[涨跌升降翻]|涨|跌|走势)|(?:预测|猜猜?|估计)(?:一下)?.{0,20}"
        r"(?:明年|后年|未来|20[2-9]\d)|(?:明年|后年).{0,12}(?:会|能|将).{0,8}(?:涨|跌|多少|达到)"
        r"|^(?:please |can you |could you |do you )?(?:predict|forecast|guess)\b"
        r"|(?:share|stock) price\b.{0,30}\b(?:go up|go down|rise|fall|drop|climb|next)"
        r"|\bwill\b.{0,40}\b(?:go up|rise|grow|fall|drop|double)\b.{0,12}\bnext year",
        re.IGNORECASE,
    ),
    "advice": re.compile(
        r"值得.{0,4}(?:买|投资|持有|入手)|(?:应?该|要不要|可以|能不能|适合|建议).{0,6}"
        r"(?:买入?|卖出?|抄底|加仓|持有|投资)(?!者|项目|回报).{0,14}(?:吗|不|么|股|[？?])|目标价|推荐.{0,6}股票"
        r"|\bshould (?:i|we) (?:buy|sell|invest|hold)|\b(?:good|worth|safe|wise|right time to)\b"
        r"(?: an?)?(?: time to)? (?:buy|buying|invest|investing|investment|holding)\b"
        r"|\b(?:price target|investment advice)\b"
        r"|\brecommend (?:the|this|buying|any) ?(?:stock|share)?",
        re.IGNORECASE,
    ),
    "task": re.compile(
        r"(?:写|编|画|作|创作|生成)(?:一?[个首篇段幅封份张]|一下|出|几).{0,14}(?:代码|程序|函数|脚本|诗"
        r"|故事|小说|作文|文章|歌|画|邮件|情书|论文|对联|排序|算法)|写.{0,8}(?:代码|程序|函数)"
        r"|[讲说](?:一?[个段])?.{0,4}(?:笑话|故事)|等于几"
        r"|^(?:please |can you |could you )?(?:write|compose|generate|code|draw|sing)\b(?: me| us)?"
        r" (?:an?|some|the)\b.{0,40}|\btell me a (?:joke|story)|^what(?:'s| is) \d+ ?(?:plus|minus"
        r"|times|divided by|[-+*/x]) ?\d+|^\d+ ?[-+*/] ?\d+ ?(?:=|[？?]|$|是多少|等于)",
        re.IGNORECASE,
    ),
}


def set_aside(text: str) -> tuple[str, str]:
    """Return what of a message is a question, and "" or, where nothing is, what it is instead.

    That is "greeting", "thanks", "about" (the assistant itself), "rude", "order" (to forget its
    rules, to play a part), "now" (weather, prices), "forecast", "advice" or "task" (a poem, code).
    """
    if kind := _kind_of(text):
        return text, kind
    kept, kinds, ordered = [], [], False
    for clause in _CLAUSE.split(text):
        if kind := _kind_of(clause):
            kinds.append(kind)
        elif _ORDER.search(clause):
            kinds.append("order")
            ordered = True
        elif not ordered or _ASKS.search(clause):
            # what follows an order and asks nothing is the order's other half
            kept.append(clause)
    rest = (" " if text.isascii() else "").join(kept).strip()
    if not re.search(r"\w", rest):
        return text, "order" if "order" in kinds else (kinds or [""])[0]
    rest = rest if kinds else text
    for kind, pattern in _ASIDES.items():
        if pattern.search(rest):
            return rest, kind
    return rest, ""


def _kind_of(clause: str) -> str:
    for kind, pattern in (
        ("greeting", _GREETING),
        ("thanks", _THANKS),
        ("about", _ABOUT),
        ("rude", _RUDE),
    ):
        if pattern.fullmatch(clause):
            return kind
    return ""
