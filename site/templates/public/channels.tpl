<ul class="channels">
{{#CHANNELS}}<li><strong>{{NAME}}</strong>
{{#PHONE}}<a href="tel:{{TEL}}" dir="ltr">{{NUMBER}}</a>{{/PHONE}}
{{#ABROAD}}<span>[[From another country:]] <a href="tel:{{TEL}}" dir="ltr">{{NUMBER}}</a></span>{{/ABROAD}}
{{#WEB}}<a href="{{URL}}" rel="noreferrer" dir="ltr">{{ADDRESS}}</a>{{/WEB}}
{{#NOTE}}<span>{{TEXT}}</span>{{/NOTE}}
<small>{{#VERIFIED}}[[Checked on {verified_on}]]{{/VERIFIED}}{{#UNVERIFIED}}[[Not checked yet]]{{/UNVERIFIED}}</small></li>
{{/CHANNELS}}
</ul>
