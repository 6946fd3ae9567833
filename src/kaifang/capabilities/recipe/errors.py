"""What can be refused of recipes."""

from kaifang.kernel import Sort, fault

NOT_ISV_APP_TYPE = fault(
    "NOT_ISV_APP_TYPE",
    zh="应用不是第三方应用，请使用服务商的应用",
    en="The application is not a service provider's.",
    fix="Use an application whose role is isv.",
)
NOT_THE_MERCHANT = fault(
    "NOT_THE_MERCHANT",
    zh="只有商户本人可以安装和管理解决方案，请使用商户自己的应用，或登录商户账户并指明其应用",
    en="Only merchants themselves install and keep recipes.",
    fix="Use the merchant's own application, or sign in as the merchant and name one.",
    sort=Sort.PERMISSION,
)
RECIPE_INVALID = fault(
    "RECIPE_INVALID",
    zh="解决方案有误，请按提示修改",
    en="The recipe is not as it should be.",
    fix="Correct what is named here; kaifang.recipe.check names all of it.",
)
RECIPE_NOT_EXIST = fault(
    "RECIPE_NOT_EXIST",
    zh="没有这样的解决方案，请核对名称和版本",
    en="No recipe is published under this name and version.",
    fix="List what is published.",
)
RECIPE_NAME_TAKEN = fault(
    "RECIPE_NAME_TAKEN",
    zh="该名称已被其他服务商使用，请换一个名称",
    en="Another service provider's recipe has this name.",
    fix="Choose another name.",
)
RECIPE_VERSION_ERROR = fault(
    "RECIPE_VERSION_ERROR",
    zh="版本号必须大于已发布的最新版本",
    en="The version is not greater than the latest that is published.",
    fix="Raise the version.",
)
RECIPE_STATUS_ERROR = fault(
    "RECIPE_STATUS_ERROR",
    zh="该版本已撤回，请选择其他版本",
    en="This version was withdrawn.",
    fix="Choose another version.",
)
RECIPE_INSTALLED = fault(
    "RECIPE_INSTALLED",
    zh="已安装该解决方案，请升级或先移除",
    en="You have this recipe, in another version or with other inputs.",
    fix="Upgrade it, or remove it first.",
)
PERMISSIONS_DIFFER = fault(
    "PERMISSIONS_DIFFER",
    zh="同意的权限与该版本所需的不一致，请查看后逐项同意",
    en="What you allow is not what this version asks for.",
    fix="Look at the recipe, and send the permissions that it shows.",
)
INPUTS_INVALID = fault(
    "INPUTS_INVALID",
    zh="填写的内容有误，请按提示修改",
    en="What was filled in is not what the recipe asks for.",
    fix="Correct the inputs named here.",
)
UPGRADE_REFUSED = fault(
    "UPGRADE_REFUSED",
    zh="新版本需要重新填写部分内容，请按差异补充后再升级",
    en="What you filled in does not fit the new version.",
    fix="Send the inputs that the difference names.",
)
SETUP_REFUSED = fault(
    "SETUP_REFUSED",
    zh="设置步骤被拒绝，未做任何更改",
    en="A step of the set-up was refused, so nothing was done.",
    fix="See to what that step says, and try again.",
)
UNDO_REFUSED = fault(
    "UNDO_REFUSED",
    zh="撤销步骤被拒绝，未做任何更改",
    en="A step cannot be taken back, so nothing was done.",
    fix="See to what that step says, and try again.",
)
INSTALLATION_NOT_EXIST = fault(
    "INSTALLATION_NOT_EXIST",
    zh="没有这样的安装，请核对编号",
    en="You have no such installation.",
    fix="List your installations.",
)
INSTALLATION_STATUS_ERROR = fault(
    "INSTALLATION_STATUS_ERROR",
    zh="安装的当前状态不允许此操作，请先查询",
    en="The installation is not in a state that allows this.",
    fix="Query it first.",
)
SIGNAL_INVALID = fault(
    "SIGNAL_INVALID",
    zh="信号或其内容与解决方案的约定不符",
    en="The recipe knows no such signal, or not with such data.",
    fix="Look at the signals of the recipe.",
)
SIGNAL_CLASH = fault(
    "SIGNAL_CLASH",
    zh="同一信号编号的内容不一致",
    en="This number was used for another signal.",
    fix="Use a new ref.",
)
RUN_NOT_EXIST = fault(
    "RUN_NOT_EXIST",
    zh="没有这样的运行记录，请核对编号",
    en="You have no such run.",
    fix="List the runs of your installation.",
)
RUN_STATUS_ERROR = fault(
    "RUN_STATUS_ERROR",
    zh="运行的当前状态不允许此操作，请先查询",
    en="The run is not in a state that allows this.",
    fix="Query it first.",
)
NOT_PERMITTED = fault(
    "NOT_PERMITTED",
    zh="商户没有允许解决方案调用此接口，或接口已不可用",
    en="The merchant did not allow the recipe this method, or it is not to be had.",
    fix="Upgrade the installation, allowing what the recipe needs.",
    sort=Sort.PERMISSION,
)
APPLICATION_NOT_ONLINE = fault(
    "APPLICATION_NOT_ONLINE",
    zh="服务商或商户的应用未上线",
    en="The application of the service provider, or the merchant's, is not online.",
    fix="Put it online, then resume.",
)
MONEY_NOT_FORESEEN = fault(
    "MONEY_NOT_FORESEEN",
    zh="该步骤动用的商户资金超出安装时展示的上限，已撤回该步骤",
    en="The step would have moved more of the merchant's money than was shown at installation.",
    fix="Raise the input that limits it, or correct the recipe.",
)
RECIPES_IN_A_CIRCLE = fault(
    "RECIPES_IN_A_CIRCLE",
    zh="解决方案的动作经定时器反复触发自身，已停在此处",
    en="What recipes did has set off this run, again and again, and nobody has acted in between.",
    fix="Correct the recipe, or resume the run if it is right as it is.",
)
EXPRESSION_FAILED = fault(
    "EXPRESSION_FAILED",
    zh="表达式无法求值",
    en="An expression has no value.",
    fix="Correct the recipe, or what was filled in.",
)
DRAFT_NOT_EXIST = fault(
    "DRAFT_NOT_EXIST",
    zh="没有这个草稿，请检查名称",
    en="You have no draft of this name.",
    fix="List yours with kaifang.recipe.draft.list.",
)
